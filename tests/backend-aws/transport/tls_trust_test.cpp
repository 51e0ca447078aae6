#include "support/temporary_folder.h"
#include "support/tls_certificate.h"
#include "transport/tls_trust.h"

#include <gmock/gmock.h>

namespace {

TEST(TlsTrust, ReadsItsFileOnce)
{
    const support::TemporaryFolder folder;
    const auto files = support::makeCertificate(folder.path());
    transport::TlsTrust trust(files.certificate);
    const auto context = trust.context();
    ASSERT_TRUE(context);
    std::filesystem::remove(files.certificate);
    EXPECT_EQ(trust.context(), context);
}

TEST(TlsTrust, NamesAFileThatCannotBeRead)
{
    transport::TlsTrust trust("/nonexistent/ca.pem");
    const auto context = trust.context();
    ASSERT_FALSE(context);
    EXPECT_THAT(context.error().message, testing::HasSubstr("/nonexistent/ca.pem"));
}

TEST(TlsTrust, FindsTheSystemsOwn)
{
    transport::TlsTrust trust("");
    EXPECT_TRUE(trust.context());
}

} // namespace
