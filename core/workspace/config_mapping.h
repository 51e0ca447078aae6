// A tunnel as the user wrote it down -> the engine's configuration of it.
#pragma once

#include "client/tunnel_config.h"
#include "settings/tunnel_entry.h"

namespace workspace {

// `id`, `token` and the secrets of its rules are the caller's; the server is the entry's, empty for the embedded relay.
[[nodiscard]] client::TunnelConfig toConfig(const settings::TunnelEntry &entry, const QString &id,
                                            const client::Token &token);

} // namespace workspace
