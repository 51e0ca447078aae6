// Whom to believe: the certificates of one file, read when the first connection needs them, because a cold start has no time
// for it. Shared by all clients of a program; one thread.
#pragma once

#include "wire/result.h"

#include <boost/asio/ssl/context.hpp>

#include <optional>
#include <string>

namespace transport {

class TlsTrust {
public:
    // Empty: the first of the places where Amazon Linux and Debian keep theirs.
    explicit TlsTrust(std::string file) : m_file(std::move(file)) {}

    // Errors are InternalError with the file's name.
    [[nodiscard]] wire::Result<boost::asio::ssl::context *> context();

private:
    std::string m_file;
    std::optional<boost::asio::ssl::context> m_context;
};

} // namespace transport
