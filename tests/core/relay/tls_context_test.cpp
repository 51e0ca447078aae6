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
