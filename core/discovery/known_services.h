// Services that a request in HTTP would only disturb. Pure; any thread.
#pragma once

#include "discovery/listening_ports.h"

namespace discovery {

// By port and by program. MySQL locks out a host whose handshakes fail, Redis takes a Host field for an attack, sshd
// and mail servers write each stranger into their log: none of them is what one exposes as a page.
[[nodiscard]] bool isKnownNotHttp(const ListeningPort &listening);

} // namespace discovery
