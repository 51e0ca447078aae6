// What ttf prints on stdout: engine values in, lines out. Two views exist, text for people (terminal_view.h) and JSON
// for programs (json_view.h). Views print nothing themselves and know no clock. Main thread.
#pragma once

#include "client/tunnel_status.h"

#include <string>

namespace ttf {

// What passed through all tunnels of this run.
struct Totals {
    quint64 requests = 0; // finished
    quint64 requestBytes = 0;
    quint64 responseBytes = 0;
    qint64 runUs = 0; // since the program started
};

class View {
public:
    View() = default;
    virtual ~View() = default;
    View(const View &) = delete;
    View &operator=(const View &) = delete;

    // Each appends whole lines to `out`, or nothing. Times are milliseconds since the epoch.
    virtual void status(std::string &out, const client::TunnelStatus &status, qint64 now) = 0;
    virtual void exchange(std::string &out, const client::ExchangeSummary &exchange) = 0; // nothing while pending
    virtual void missed(std::string &out, quint64 requests) = 0; // left out because nobody read the output
    virtual void stopped(std::string &out, const Totals &totals) = 0;

    virtual void setWidth(std::size_t /*columns*/) {} // 0: unlimited
};

} // namespace ttf
