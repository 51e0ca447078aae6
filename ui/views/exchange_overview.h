// One request at a glance: what it was, how it ended and why, when, how long and how much. GUI thread.
#pragma once

#include "traffic/exchange.h"
#include "ui/theme/theme.h"

#include <QMap>
#include <QScrollArea>

class QGridLayout;
class QLabel;

namespace ui {

class NoticeBar;
class TimingBar;
class WrappedLabel;

class ExchangeOverview : public QScrollArea {
    Q_OBJECT
public:
    explicit ExchangeOverview(const Theme &theme, QWidget *parent = nullptr);

    void setExchange(const traffic::Exchange &exchange, const QString &url);

private:
    enum class Field : std::uint8_t { Started, Duration, Sent, Received, From, Tunnel, Protocol, Replay, Id };

    void build();
    void addField(Field field, const QString &name);
    void setField(Field field, const QString &value); // hidden when empty
    void fillFields(const client::ExchangeSummary &exchange);

    const Theme &m_theme;
    WrappedLabel *m_url;
    NoticeBar *m_error;
    TimingBar *m_timing;
    QGridLayout *m_fields;
    QMap<Field, std::pair<QLabel *, WrappedLabel *>> m_labels;
};

} // namespace ui
