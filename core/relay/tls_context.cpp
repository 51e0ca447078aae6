#include "relay/tls_context.h"

#include <openssl/ssl.h>

namespace relay {

namespace ssl = boost::asio::ssl;

namespace {

// Forward secrecy and authenticated encryption, as in every suite of TLS 1.3 (RFC 9325 4.2).
constexpr const char *kTls12Ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr std::string_view kHstsField = "Strict-Transport-Security";

} // namespace

void addTransportSecurity(const TlsConfig &config, wire::ResponseHead &head)
{
    if (config.hsts.count() > 0 && config.enabled() && head.status >= 200 &&
        !wire::findHeader(head.headers, kHstsField))
        head.headers.push_back({std::string(kHstsField), "max-age=" + std::to_string(config.hsts.count())});
}

wire::Result<std::optional<ssl::context>> makeTlsContext(const TlsConfig &config)
{
    if (!config.enabled())
        return std::nullopt;
    ssl::context context(ssl::context::tls_server);
    context.set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                        ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
    SSL_CTX_set_options(context.native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    if (SSL_CTX_set_cipher_list(context.native_handle(), kTls12Ciphers) != 1)
        return wire::fail(wire::Code::InternalError, "OpenSSL here knows none of the ciphers that are asked for");
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
