// Listening ports as the scout finds them.
#pragma once

#include "discovery/port_scout.h"
#include "ui/text.h"

namespace samples {

inline discovery::Suggestion suggestion(quint16 port, const char *process = "node", const char *title = "",
                                        bool http = true, bool tls = false)
{
    discovery::Suggestion found;
    found.listening.port = port;
    found.listening.process = text(process);
    found.title = text(title);
    found.http = http;
    found.tls = tls;
    return found;
}

} // namespace samples
