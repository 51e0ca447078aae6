// Lines for people: the URL when a tunnel comes online, then one line per finished request. Nothing a visitor or a
// server sends reaches the terminal as a control character.
#pragma once

#include "ttf/view.h"

#include <QHash>
#include <QString>

#include <string_view>

namespace ttf {

class TerminalView : public View {
public:
    // `targets`: what each tunnel (by TunnelConfig::id) exposes, for the line with its URL.
    TerminalView(QHash<QString, QString> targets, bool colour);

    void status(std::string &out, const client::TunnelStatus &status, qint64 now) override;
    void exchange(std::string &out, const client::ExchangeSummary &exchange) override;
    void missed(std::string &out, quint64 requests) override;
    void stopped(std::string &out, const Totals &totals) override;
    void setWidth(std::size_t columns) override { m_width = columns; }

private:
    void online(std::string &out, const client::TunnelStatus &status, qint64 now);
    [[nodiscard]] std::string coloured(std::string_view text, std::string_view code) const;
    [[nodiscard]] std::string namePrefix(const QString &name);

    QHash<QString, QString> m_targets;
    QHash<QString, QString> m_urls; // as shown last, by id
    bool m_colour;
    std::size_t m_width = 0;
    std::size_t m_nameWidth = 0;
};

} // namespace ttf
