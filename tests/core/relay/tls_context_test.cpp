#include "relay/tls_context.h"
#include "support/temporary_folder.h"
#include "support/tls_certificate.h"

#include <gmock/gmock.h>
#include <openssl/ssl.h>

namespace {

using support::makeCertificate;
using support::TemporaryFolder;
using testing::HasSubstr;

TEST(TlsContext, NothingWhenTlsIsOff)
{
    const auto context = relay::makeTlsContext({});
    ASSERT_TRUE(context);
    EXPECT_FALSE(context->has_value());
}

TEST(TlsContext, TakesACertificateAndItsKeyAndNoOldProtocol)
{
    const TemporaryFolder folder;
    const auto files = makeCertificate(folder.path());
    auto context = relay::makeTlsContext({files.certificate, files.privateKey});
    ASSERT_TRUE(context) << context.error().message;
    ASSERT_TRUE(*context);
    const auto options = SSL_CTX_get_options((*context)->native_handle());
    for (const auto option : {SSL_OP_NO_SSLv3, SSL_OP_NO_TLSv1, SSL_OP_NO_TLSv1_1, SSL_OP_NO_RENEGOTIATION})
        EXPECT_NE(options & option, 0U) << option;
    EXPECT_EQ(options & SSL_OP_NO_TLSv1_2, 0U);
    EXPECT_EQ(options & SSL_OP_NO_TLSv1_3, 0U);
}

TEST(TlsContext, EveryCipherKeepsItsSecretAndIsAuthenticated)
{
    const TemporaryFolder folder;
    const auto files = makeCertificate(folder.path());
    auto context = relay::makeTlsContext({files.certificate, files.privateKey});
    ASSERT_TRUE(context && *context);
    const auto *ciphers = SSL_CTX_get_ciphers((*context)->native_handle());
    ASSERT_GT(sk_SSL_CIPHER_num(ciphers), 4);
    for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i) {
        const auto *cipher = sk_SSL_CIPHER_value(ciphers, i);
        EXPECT_TRUE(SSL_CIPHER_is_aead(cipher)) << SSL_CIPHER_get_name(cipher);
        const auto exchange = SSL_CIPHER_get_kx_nid(cipher);
        EXPECT_TRUE(exchange == NID_kx_ecdhe || exchange == NID_kx_any) << SSL_CIPHER_get_name(cipher);
    }
}

TEST(TransportSecurity, IsSaidOnceOverTlsWhenConfigured)
{
    const auto said = [](relay::TlsConfig config, wire::ResponseHead head) {
        relay::addTransportSecurity(config, head);
        return std::string(wire::findHeader(head.headers, "Strict-Transport-Security").value_or(""));
    };
    const relay::TlsConfig on{"c", "k", std::chrono::seconds(600)};
    wire::ResponseHead ok;
    ok.status = 200;
    EXPECT_EQ(said(on, ok), "max-age=600");
    EXPECT_EQ(said({"c", "k"}, ok), "");
    EXPECT_EQ(said({{}, {}, std::chrono::seconds(600)}, ok), "") << "RFC 6797 7.2: not without TLS";
    ok.headers = {{"strict-transport-security", "max-age=0"}};
    EXPECT_EQ(said(on, ok), "max-age=0");
    wire::ResponseHead interim;
    interim.status = 103;
    EXPECT_EQ(said(on, interim), "");
}

struct BadCase {
    const char *what;
    relay::TlsConfig config;
    std::string named; // the file the sentence names
};

TEST(TlsContext, SaysWhichFileIsWrong)
{
    const TemporaryFolder folder;
    const auto good = makeCertificate(folder.path(), "good");
    const auto other = makeCertificate(folder.path(), "other");
    const auto missing = folder.path() / "missing.pem";
    const auto text = folder.write("text.pem", "this is no PEM file\n");
    const BadCase table[] = {
        {"no certificate", {missing, good.privateKey}, "missing.pem"},
        {"no key", {good.certificate, missing}, "missing.pem"},
        {"certificate that is none", {text, good.privateKey}, "text.pem"},
        {"key that is none", {good.certificate, text}, "text.pem"},
        {"files swapped", {good.privateKey, good.certificate}, "good.key"},
        {"key of another certificate", {good.certificate, other.privateKey}, "other.key"},
    };
    for (const auto &[what, config, named] : table) {
        const auto context = relay::makeTlsContext(config);
        ASSERT_FALSE(context) << what;
        EXPECT_EQ(context.error().code, wire::Code::InvalidRequest) << what;
        EXPECT_THAT(context.error().message, HasSubstr(named)) << what;
    }
}

} // namespace
