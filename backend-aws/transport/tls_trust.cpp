#include "transport/tls_trust.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>

namespace transport {

namespace {

namespace ssl = boost::asio::ssl;

constexpr std::array kBundles{"/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt"};

std::string bundle()
{
    std::error_code ignored;
    for (const auto *file : kBundles) {
        if (std::filesystem::exists(file, ignored))
            return file;
    }
    return kBundles.front(); // its error names what is missing
}

} // namespace

wire::Result<ssl::context *> TlsTrust::context()
{
    if (m_context)
        return &*m_context;
    ssl::context context(ssl::context::tls_client);
    const auto file = m_file.empty() ? bundle() : m_file;
    boost::system::error_code error;
    context.load_verify_file(file, error);
    if (error)
        return wire::fail(wire::Code::InternalError,
                          fmt::format("cannot read the certificates in {}: {}", file, error.message()));
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    context.set_verify_mode(ssl::verify_peer, error);
    m_context.emplace(std::move(context));
    return &*m_context;
}

} // namespace transport
