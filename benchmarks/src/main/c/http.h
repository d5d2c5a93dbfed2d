// An incremental HTTP/1.1 message reader, shared by the upstream (requests) and the load generator (responses).
// Bytes go in as they come from the socket; body bytes come out, without chunk framing, through a callback.

#pragma once
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// Every event of a stream carries the time at which the upstream wrote it: '@' and 16 digits, microseconds.
#define STAMP_MARK '@'
#define STAMP_DIGITS 16

enum phase { HEAD, FIXED_BODY, CHUNK_SIZE, CHUNK_DATA, CHUNK_END, TRAILER, COMPLETE };

struct message {
    enum phase phase;
    int head_length;
    int line_length; // of the chunk size or trailer line being read
    bool chunked;
    bool close; // the peer announced that it closes the connection
    int64_t left; // bytes of the body or chunk still to come
    char head[4096];
};

static inline int64_t now_micros(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static inline void die(const char *what) {
    perror(what);
    exit(1);
}

static inline void message_reset(struct message *m) {
    m->phase = HEAD;
    m->head_length = m->line_length = 0;
    m->chunked = m->close = false;
    m->left = 0;
}

static inline void read_head_lines(struct message *m) {
    m->head[m->head_length] = 0;
    for (char *line = strstr(m->head, "\r\n"); line && line[2] != '\r'; line = strstr(line + 2, "\r\n")) {
        char *name = line + 2;
        if (!strncasecmp(name, "content-length:", 15)) {
            m->left = atoll(name + 15);
        } else if (!strncasecmp(name, "transfer-encoding:", 18)) {
            m->chunked = true;
        } else if (!strncasecmp(name, "connection: close", 17)) {
            m->close = true;
        }
    }
    m->phase = m->chunked ? CHUNK_SIZE : m->left > 0 ? FIXED_BODY : COMPLETE;
}

// Takes bytes up to the end of the message at most. Returns how many were used, or -1 when they are no HTTP.
static inline int message_take(struct message *m, const char *bytes, int length,
                               void (*body)(void *owner, const char *bytes, int length), void *owner) {
    int at = 0;
    while (at < length && m->phase != COMPLETE) {
        switch (m->phase) {
        case HEAD: {
            // The end of the head is looked for in the copy, since it may straddle two reads.
            int room = (int)sizeof m->head - 1 - m->head_length;
            int copied = length - at < room ? length - at : room;
            memcpy(m->head + m->head_length, bytes + at, copied);
            int from = m->head_length > 3 ? m->head_length - 3 : 0;
            char *end = memmem(m->head + from, m->head_length + copied - from, "\r\n\r\n", 4);
            if (!end) {
                m->head_length += copied;
                at += copied;
                if (copied == room) return -1;
                break;
            }
            int whole = (int)(end - m->head) + 4;
            at += whole - m->head_length;
            m->head_length = whole;
            read_head_lines(m);
            break;
        }
        case FIXED_BODY:
        case CHUNK_DATA: {
            int taken = m->left < length - at ? (int)m->left : length - at;
            body(owner, bytes + at, taken);
            at += taken;
            m->left -= taken;
            if (m->left == 0) m->phase = m->phase == FIXED_BODY ? COMPLETE : CHUNK_END;
            break;
        }
        case CHUNK_SIZE: {
            char c = bytes[at++];
            int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
            if (digit >= 0) {
                m->left = m->left * 16 + digit;
            } else if (c == '\n') {
                m->phase = m->left ? CHUNK_DATA : TRAILER;
                m->line_length = 0;
            } else if (c != '\r') {
                return -1;
            }
            break;
        }
        case CHUNK_END:
            if (bytes[at++] == '\n') m->phase = CHUNK_SIZE;
            break;
        case TRAILER: {
            char c = bytes[at++];
            if (c == '\n' && m->line_length == 0) m->phase = COMPLETE;
            m->line_length = c == '\n' ? 0 : m->line_length + (c != '\r');
            break;
        }
        case COMPLETE:
            break;
        }
    }
    return at;
}
