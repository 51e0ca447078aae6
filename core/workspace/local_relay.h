// The relay inside this process, as the workspace sees it: app/embedded implements it, tests may too. Main thread.
#pragma once

#include "client/tunnel_config.h"
#include "wire/result.h"

#include <QList>
#include <QUrl>

namespace workspace {

class LocalRelay {
public:
    virtual ~LocalRelay() = default;
    // Listens on the first of these loopback ports that is free (0: any). Once; the error is for the user.
    [[nodiscard]] virtual wire::Result<> start(const QList<quint16> &ports) = 0;
    [[nodiscard]] virtual QUrl url() const = 0;   // empty before start()
    [[nodiscard]] virtual quint16 port() const = 0; // 0 before start()
    [[nodiscard]] virtual client::Token token() const = 0;
};

} // namespace workspace
