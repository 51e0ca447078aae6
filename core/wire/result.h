// The one error type of the whole product: a code that callers branch on and a sentence that people read.
// Expected failures are values (std::expected); exceptions stay inside the library that throws them.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace wire {

// The protocol's error codes. codeName() gives the spelling on the wire and in X-Tunnel-Error.
enum class Code : std::uint8_t {
    InvalidRequest,
    Unauthorized,
    Forbidden,
    TunnelNotFound,
    PayloadTooLarge,
    HeadersTooLarge,
    RateLimited,
    ConnectionLost,
    LocalServiceUnavailable,
    Timeout,
    NameTaken,
    ProtocolError,
    Cancelled,
    InternalError,
};

[[nodiscard]] std::string_view codeName(Code code) noexcept;
// An unknown name is InternalError: a newer peer may know more codes than we do.
[[nodiscard]] Code codeFromName(std::string_view name) noexcept;

struct Error {
    Code code = Code::InternalError;
    std::string message;

    friend bool operator==(const Error &, const Error &) = default;
};

template <class T = void>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(Code code, std::string message)
{
    return std::unexpected(Error{code, std::move(message)});
}

} // namespace wire
