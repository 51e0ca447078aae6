#include "relay/tls_context.h"

#include <openssl/ssl.h>

namespace relay {

namespace ssl = boost::asio::ssl;

wire::Result<std::optional<ssl::context>> makeTlsContext(const TlsConfig &config)
{
    if (!config.enabled())
        return std::nullopt;
    ssl::context context(ssl::context::tls_server);
    context.set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                        ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
    SSL_CTX_set_options(context.native_handle(), SSL_OP_NO_RENEGOTIATION);
    boost::system::error_code error;
    context.use_certificate_chain_file(config.certificateFile.string(), error);
    if (error)
        return wire::fail(wire::Code::InvalidRequest,
                          "cannot use the certificate " + config.certificateFile.string() + ": " + error.message());
    context.use_private_key_file(config.privateKeyFile.string(), ssl::context::pem, error);
    if (error)
        return wire::fail(wire::Code::InvalidRequest,
                          "cannot use the private key " + config.privateKeyFile.string() + ": " + error.message());
    if (SSL_CTX_check_private_key(context.native_handle()) != 1)
        return wire::fail(wire::Code::InvalidRequest,
                          "the private key " + config.privateKeyFile.string() + " does not belong to the certificate");
    return std::optional(std::move(context));
}

} // namespace relay
