#include "relay/options.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

#include <vector>

namespace {

using testing::HasSubstr;

wire::Result<app::RelayOptions> parse(std::vector<const char *> words)
{
    words.insert(words.begin(), "tunnel-relay");
    return app::parseRelayOptions(static_cast<int>(words.size()), words.data());
}

TEST(RelayOptions, nothingGivenMeansTheDefaults)
{
    const auto options = parse({});
    ASSERT_TRUE(options.has_value());
    EXPECT_EQ(options->config, relay::Config{});
    EXPECT_FALSE(options->checkOnly);
    EXPECT_EQ(options->message, "");
}

TEST(RelayOptions, flagsSayTheSameAsTheFile)
{
    const auto options = parse({"--listen",
                                "[::1]:81",
                                "--domain",
                                "Tunnel.Example.com",
                                "--admin",
                                "127.0.0.1:9090",
                                "--token-file",
                                "/run/to\"kens",
                                "--jwt-secret-file",
                                "/run/secret",
                                "--jwks",
                                "/run/jwks",
                                "--issuer",
                                "i",
                                "--audience",
                                "a,b",
                                "--revocation-file",
                                "/run/revoked",
                                "--names-file",
                                "/run/names",
                                "--log-level",
                                "warn",
                                "--log-format",
                                "json",
                                "--check"});
    ASSERT_TRUE(options.has_value()) << options.error().message;
    EXPECT_EQ(options->config.listen.address, "::1");
    EXPECT_EQ(options->config.listen.port, 81);
    EXPECT_EQ(options->config.listen.domain, "tunnel.example.com");
    EXPECT_EQ(options->config.admin.port, 9090);
    EXPECT_EQ(options->config.auth.tokenFile, "/run/to\"kens");
    EXPECT_EQ(options->config.auth.jwtSecretFile, "/run/secret");
    EXPECT_EQ(options->config.auth.jwksFile, "/run/jwks");
    EXPECT_EQ(options->config.auth.issuer, "i");
    EXPECT_EQ(options->config.auth.audiences, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(options->config.auth.revocationFile, "/run/revoked");
    EXPECT_EQ(options->config.auth.namesFile, "/run/names");
    EXPECT_FALSE(options->token);
    EXPECT_EQ(options->config.log.level, relay::LogLevel::Warn);
    EXPECT_EQ(options->config.log.format, relay::LogFormat::Json);
    EXPECT_TRUE(options->checkOnly);
}

TEST(RelayOptions, flagsGoOverTheFileAndLeaveTheRest)
{
    const support::TemporaryFolder folder;
    const auto file = folder.write("relay.toml", "[listen]\naddress = \"127.0.0.2\"\nport = 81\n"
                                                 "domain = \"example.com\"\n[limits]\nmax_body_bytes = 5\n");
    const auto options = parse({"--config", file.c_str(), "--listen", "127.0.0.1:82"});
    ASSERT_TRUE(options.has_value()) << options.error().message;
    EXPECT_EQ(options->config.listen.address, "127.0.0.1");
    EXPECT_EQ(options->config.listen.port, 82);
    EXPECT_EQ(options->config.listen.domain, "example.com");
    EXPECT_EQ(options->config.limits.maxBodyBytes, 5U);
}

TEST(RelayOptions, ATokenFileLeavesTheSecretOfTheFile)
{
    const support::TemporaryFolder folder;
    const auto file = folder.write("relay.toml", "[auth]\ntoken_file = \"/a\"\njwt_secret_file = \"/b\"\n");
    const auto options = parse({"--config", file.c_str(), "--token-file", "/c"});
    ASSERT_TRUE(options.has_value()) << options.error().message;
    EXPECT_EQ(options->config.auth.tokenFile, "/c");
    EXPECT_EQ(options->config.auth.jwtSecretFile, "/b");
}

TEST(RelayOptions, TokenCommands)
{
    const auto created = parse({"token", "create", "--jwt-secret-file", "/s", "--sub", "alice", "--expires", "12h"});
    ASSERT_TRUE(created.has_value()) << created.error().message;
    const auto *create = std::get_if<app::TokenCreate>(&created->token.value());
    ASSERT_NE(create, nullptr);
    EXPECT_EQ(create->keyFile, "/s");
    EXPECT_EQ(create->claims.subject, "alice");
    EXPECT_EQ(create->life, std::chrono::hours(12));
    const auto plain = parse({"token", "create", "--jwt-secret-file", "/s", "--sub", "alice"});
    EXPECT_EQ(std::get<app::TokenCreate>(plain->token.value()).life, wire::kDefaultJwtLife);
    const auto inspected = parse({"token", "inspect"});
    EXPECT_EQ(std::get<app::TokenInspect>(inspected->token.value()).keyFile, "");
}

TEST(RelayOptions, KeysFromElsewhere)
{
    const auto options =
        parse({"--listen", "0.0.0.0:80", "--jwks", "https://id.example.com/jwks", "--audience", "relay"});
    ASSERT_TRUE(options.has_value()) << options.error().message;
    EXPECT_EQ(options->config.auth.jwksUrl, "https://id.example.com/jwks");
    EXPECT_EQ(options->config.auth.jwksFile, "");
}

struct Refused {
    std::vector<const char *> words;
    const char *says;
};

TEST(RelayOptions, badInputIsRefusedInASentence)
{
    const std::vector<Refused> table{
        {{"--listen", "8080"}, "--listen takes ADDRESS:PORT"},
        {{"--listen", "127.0.0.1:"}, "--listen takes ADDRESS:PORT"},
        {{"--listen", "127.0.0.1:70000"}, "--listen takes ADDRESS:PORT"},
        {{"--listen", "nowhere:80"}, "nowhere"},
        {{"--admin", "127.0.0.1:8x"}, "--admin takes ADDRESS:PORT"},
        {{"--domain", "a b"}, "a b"},
        {{"--log-level", "loud"}, "log.level: must be one of"},
        {{"--log-format", "xml"}, "log.format: must be one of"},
        {{"--config", "/nowhere/relay.toml"}, "/nowhere/relay.toml"},
        {{"--frob"}, "--frob"},
        {{"extra"}, "extra"},
        {{"--listen", "0.0.0.0:80"}, "--token-file"},
        {{"--listen", "[::]:80", "--check"}, "open = true"},
        {{"--jwks", "https://id.example.com/"}, "--audience"},
        {{"--jwks", "http://id.example.com/", "--audience", "a"}, "no https:// URL"},
        {{"token"}, "subcommand"},
        {{"token", "create", "--sub", "alice"}, "--keys"},
        {{"token", "create", "--jwt-secret-file", "/s"}, "--sub"},
        {{"token", "create", "--jwt-secret-file", "/s", "--sub", "a", "--expires", "30"}, "12h or 30d"},
        {{"token", "inspect", "the.token.itself"}, "the.token.itself"},
    };
    for (const auto &[words, says] : table) {
        const auto options = parse(words);
        ASSERT_FALSE(options.has_value()) << words.front();
        EXPECT_EQ(options.error().code, wire::Code::InvalidRequest);
        EXPECT_THAT(options.error().message, HasSubstr(says));
    }
}

TEST(RelayOptions, helpAndVersionAreMessages)
{
    EXPECT_THAT(parse({"--help"})->message, HasSubstr("Exit codes"));
    EXPECT_THAT(parse({"--version"})->message, HasSubstr("tunnel-relay "));
}

} // namespace
