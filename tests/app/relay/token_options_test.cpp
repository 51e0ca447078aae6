#include "relay/token_options.h"

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>

#include <algorithm>
#include <vector>

namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

// The command, or nothing; what is wrong is thrown as CLI11 does, or given as an error.
wire::Result<std::optional<app::TokenCommand>> parse(std::vector<std::string> words)
{
    CLI::App program("test", "test");
    app::TokenOptions options;
    options.declare(program);
    std::ranges::reverse(words); // as CLI11 takes them
    program.parse(words);
    return options.command();
}

template <class Command>
Command parsed(const std::vector<std::string> &words)
{
    return std::get<Command>(parse(words).value().value());
}

TEST(TokenOptions, CreateTakesEveryClaim)
{
    const auto create = parsed<app::TokenCreate>({"token",
                                                  "create",
                                                  "--keys",
                                                  "/k",
                                                  "--sub",
                                                  "alice",
                                                  "--expires",
                                                  "12h",
                                                  "--tunnels",
                                                  "shop,alice-*",
                                                  "--max-tunnels",
                                                  "2",
                                                  "--max-body-bytes",
                                                  "1000",
                                                  "--rate",
                                                  "12.5",
                                                  "--audience",
                                                  "a,b",
                                                  "--issuer",
                                                  "me"});
    EXPECT_EQ(create.keyFile, "/k");
    EXPECT_EQ(create.life, 12h);
    edge::JwtClaims expected{.subject = "alice"};
    expected.tunnels = {"shop", "alice-*"};
    expected.maxTunnels = 2;
    expected.maxBodyBytes = 1000;
    expected.rate = 12.5;
    expected.audience = {"a", "b"};
    expected.issuer = "me";
    EXPECT_EQ(create.claims, expected);
}

TEST(TokenOptions, WithoutThemNothingIsClaimed)
{
    const auto create = parsed<app::TokenCreate>({"token", "create", "--jwt-secret-file", "/s", "--sub", "alice"});
    EXPECT_EQ(create.claims, edge::JwtClaims{.subject = "alice"});
    EXPECT_EQ(create.life, wire::kDefaultJwtLife);
    EXPECT_EQ(parse({}).value(), std::nullopt);
}

TEST(TokenOptions, InspectRevokeAndRotate)
{
    const auto inspect =
        parsed<app::TokenInspect>({"token", "inspect", "--jwks", "/j", "--audience", "a", "--issuer", "i"});
    EXPECT_EQ(inspect.jwksFile, "/j");
    EXPECT_EQ(inspect.rules, (edge::JwtRules{"i", {"a"}}));
    const auto revoke = parsed<app::TokenRevoke>({"token", "revoke", "--revocation-file", "/r", "--sub", "alice"});
    EXPECT_EQ(revoke.revocationFile, "/r");
    EXPECT_EQ(revoke.subject, "alice");
    const auto rotate = parsed<app::KeysRotate>(
        {"keys", "rotate", "--keys", "/k", "--public", "/p", "--algorithm", "ES256", "--keep", "2d"});
    EXPECT_EQ(rotate.keyFile, "/k");
    EXPECT_EQ(rotate.publicFile, "/p");
    EXPECT_EQ(rotate.algorithm, edge::JwtAlgorithm::ES256);
    EXPECT_EQ(rotate.keep, 48h);
    EXPECT_FALSE(parsed<app::KeysRotate>({"keys", "rotate", "--keys", "/k"}).algorithm);
}

TEST(TokenOptions, RefusesWhatItCannotMean)
{
    EXPECT_THAT(parse({"keys", "rotate", "--keys", "/k", "--algorithm", "none"}).error().message,
                HasSubstr("--algorithm takes"));
    EXPECT_THAT(parse({"keys", "rotate", "--keys", "/k", "--keep", "long"}).error().message, HasSubstr("12h or 30d"));
    EXPECT_THAT(parse({"token", "create", "--keys", "/k", "--sub", "a", "--expires", "x"}).error().message,
                HasSubstr("12h"));
    const std::vector<std::vector<std::string>> table{
        {"token"},
        {"keys"},
        {"token", "create", "--keys", "/k"},
        {"keys", "rotate"},
        {"token", "revoke"},
        {"token", "revoke", "--revocation-file", "/r", "--jti", "a", "--sub", "b"},
        {"token", "inspect", "--keys", "/k", "--jwks", "/j"},
        {"token", "inspect", "the.token.itself"},
        {"token", "create", "--keys", "/k", "--sub", "a", "--max-tunnels", "many"}};
    for (const auto &words : table)
        EXPECT_THROW((void)parse(words), CLI::ParseError) << words.back();
}

} // namespace
