# docker build -t condong . && docker run --rm -i condong score - < posts.csv
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev
COPY . /condong
RUN cargo install --locked --path /condong --root /built

FROM scratch
COPY --from=build /built/bin/condong /condong
WORKDIR /data
ENTRYPOINT ["/condong"]
