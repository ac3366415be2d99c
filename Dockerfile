# QuickTakes in an image that holds the program, its posts and its database, and
# nothing else: no shell, no root, nothing to set up.
#
#   docker build -t quicktakes .
#   docker run -p 8080:8080 -e QUICKTAKES_BASE_URL=https://questions.example quicktakes
#
# With your own library, a folder of posts inside the build context:
#
#   docker build --build-arg CONTENT=posts -t quicktakes .

FROM golang:1.26-bookworm AS build
WORKDIR /src

# The modules have a layer of their own, which changes only with go.mod and go.sum.
COPY go.mod go.sum ./
RUN go mod download

COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /quicktakes ./cmd/quicktakes

# The posts stay in the image: when the program starts, it compares them with the
# database. Layers of an image keep whole seconds, and a load trusts only times that
# were past when it read the file: with other times every start would read all posts.
# The built-in library is inside the program and leaves the folder empty.
ARG CONTENT=
RUN mkdir /content && if [ -n "$CONTENT" ]; then cp -r "$CONTENT/." /content; fi && \
    find /content -type f -exec touch -d "@$(($(date +%s) - 60))" {} +

# The database is made here, so that a container answers as soon as it starts.
ENV QUICKTAKES_CONTENT=${CONTENT:+/content}
RUN mkdir -p /writable/data /writable/tmp && /quicktakes load --db /writable/data/library.db

FROM scratch
# For HTTPS requests to other servers: certificates, IndexNow, purges.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /content /content
COPY --from=build /quicktakes /quicktakes
# SQLite keeps files beside the database, and large temporary ones in /tmp.
COPY --from=build --chown=65532:65532 /writable/ /

ARG CONTENT=
ENV QUICKTAKES_ADDR=:8080 \
    QUICKTAKES_CONTENT=${CONTENT:+/content} \
    QUICKTAKES_DB=/data/library.db
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["/quicktakes", "health"]
ENTRYPOINT ["/quicktakes"]
