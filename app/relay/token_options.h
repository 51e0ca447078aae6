// The part of tunnel-relay's command line that is about tokens and keys: `token …` and `keys …`. Owned by
// parseRelayOptions() for the length of one parse.
#pragma once

#include "relay/token_command.h"

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace app {

class TokenOptions {
public:
    void declare(CLI::App &app);
    // After the parse: what is to be done, if any of it was asked for. Errors are InvalidRequest.
    [[nodiscard]] wire::Result<std::optional<TokenCommand>> command();

private:
    [[nodiscard]] wire::Result<TokenCommand> createCommand();
    [[nodiscard]] wire::Result<TokenCommand> rotateCommand();

    void declareCreate(CLI::App &token);
    void declareInspect(CLI::App &token);
    void declareRevoke(CLI::App &token);
    void declareRotate(CLI::App &keys);

    CLI::App *m_create = nullptr;
    CLI::App *m_inspect = nullptr;
    CLI::App *m_revoke = nullptr;
    CLI::App *m_rotate = nullptr;
    TokenCreate m_creating;
    TokenInspect m_inspecting;
    TokenRevoke m_revoking;
    KeysRotate m_rotating;
    std::string m_life;
    std::string m_keep;
    std::string m_algorithm;
    std::vector<std::string> m_tunnels;
};

} // namespace app
