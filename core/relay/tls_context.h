// TLS for the public listener: certificate chain and key from PEM files, TLS 1.2 and later (RFC 8446, RFC 9325).
#pragma once

#include "relay/config.h"
#include "wire/http_head.h"
#include "wire/result.h"

#include <boost/asio/ssl/context.hpp>

#include <optional>

namespace relay {

// Nothing when TLS is off. The error names the file and what OpenSSL says of it.
[[nodiscard]] wire::Result<std::optional<boost::asio::ssl::context>> makeTlsContext(const TlsConfig &config);

// Strict-Transport-Security for a final response over TLS, when it is configured and the service does not say its own.
void addTransportSecurity(const TlsConfig &config, wire::ResponseHead &head);

} // namespace relay
