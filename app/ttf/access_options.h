// The options about who may reach a tunnel (docs/access-rules.md), shared by `ttf http` and `ttf demo`. Pure: opens no
// file, and takes no secret: those come from files.
#pragma once

#include "settings/access_entry.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace ttf {

// As given, before any of them is checked.
struct AccessWords {
    std::string loginFile;
    std::string tokenFile;
    std::vector<std::string> allow;
    std::vector<std::string> deny;
    std::vector<std::string> only;
    std::string expires;
    std::string webhook;
    std::string webhookSecretFile;
    bool cors = false;
};

struct AccessOptions {
    settings::AccessEntry access{};
    QString loginFile{}; // its logins are not in `access` yet
    std::optional<std::chrono::seconds> openFor{}; // from the start on

    friend bool operator==(const AccessOptions &, const AccessOptions &) = default;
};

void addAccessOptions(CLI::App &app, AccessWords &words);
[[nodiscard]] wire::Result<AccessOptions> readAccessOptions(const AccessWords &words);

} // namespace ttf
