// Reads one HTTP message in steps of a given size, as it would come from a socket, and remembers all of it.
#pragma once

#include "wire/http_head.h"

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace support {

template <class Head>
struct Reading {
    std::optional<wire::Code> error;
    std::string message; // of the error; not compared: it may tell how far the reader got
    bool headComplete = false;
    bool complete = false;
    bool keepAlive = false;
    Head head;
    std::string body;
    wire::HeaderList trailers;
    std::size_t used = 0;

    friend bool operator==(const Reading &a, const Reading &b)
    {
        if (a.error || b.error)
            return a.error == b.error && a.complete == b.complete;
        return a.headComplete == b.headComplete && a.complete == b.complete && a.keepAlive == b.keepAlive &&
               a.head == b.head && a.body == b.body && a.trailers == b.trailers && a.used == b.used;
    }
    friend std::ostream &operator<<(std::ostream &out, const Reading &reading)
    {
        if (reading.error)
            return out << wire::codeName(*reading.error) << ": " << reading.message;
        return out << (reading.complete ? "complete" : "incomplete") << ", used " << reading.used << ", body of "
                   << reading.body.size() << ", " << reading.trailers.size() << " trailers";
    }
};

// To the end of the message, of the bytes, or to an error.
template <class Head, class Reader>
Reading<Head> readMessage(Reader &reader, std::string_view bytes, std::size_t step)
{
    Reading<Head> out;
    std::string pending;
    while (!reader.complete()) {
        const auto taken = reader.feed(pending, out.body);
        if (!taken) {
            out.error = taken.error().code;
            out.message = taken.error().message;
            out.complete = reader.complete();
            return out;
        }
        pending.erase(0, *taken);
        out.used += *taken;
        if (*taken > 0)
            continue;
        if (bytes.empty())
            break;
        pending += bytes.substr(0, step);
        bytes.remove_prefix(std::min(step, bytes.size()));
    }
    out.headComplete = reader.headComplete();
    out.complete = reader.complete();
    out.keepAlive = out.headComplete && reader.keepAlive();
    out.head = reader.head();
    out.trailers = reader.trailers();
    return out;
}

} // namespace support
