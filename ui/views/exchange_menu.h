// What can be done with one recorded request, as a menu. The owner shows it and does what it asks for. GUI thread.
#pragma once

#include "client/tunnel_status.h"
#include "ui/theme/theme.h"

#include <QMenu>

namespace ui {

class ExchangeMenu : public QMenu {
    Q_OBJECT
public:
    ExchangeMenu(const Theme &theme, const client::ExchangeSummary &exchange, QWidget *parent = nullptr);

Q_SIGNALS:
    void copyUrlRequested(quint64 key);
    void copyCurlRequested(quint64 key, bool withSecrets);
    void exportRequested(const QList<quint64> &keys);
    void replayRequested(quint64 key, bool edit);
    void filterRequested(const QString &term);

private:
    void addFilters(const Theme &theme, const client::ExchangeSummary &exchange);
};

} // namespace ui
