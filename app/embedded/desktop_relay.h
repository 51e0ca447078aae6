// The embedded relay as the workspace wants it: started when the first tunnel needs it, on a port that stays from run to
// run when it can. Main thread; outlives the workspace and its engine.
#pragma once

#include "embedded/embedded_relay.h"
#include "workspace/local_relay.h"

#include <memory>

namespace embedded {

class DesktopRelay : public workspace::LocalRelay {
public:
    explicit DesktopRelay(bool verbose = false) : m_verbose(verbose) {} // the relay logs to stderr

    // One port after the other; no ports are any. After an error it can be tried again; the second start of a running
    // one is an error.
    [[nodiscard]] wire::Result<> start(const QList<quint16> &ports) override;
    [[nodiscard]] QUrl url() const override;
    [[nodiscard]] quint16 port() const override;
    [[nodiscard]] client::Token token() const override;

private:
    bool m_verbose;
    std::unique_ptr<EmbeddedRelay> m_relay;
};

} // namespace embedded
