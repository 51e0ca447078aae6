// One message of an exchange, request or response: its header fields above, its body below. GUI thread.
#pragma once

#include "traffic/exchange.h"
#include "ui/theme/theme.h"

#include <QSplitter>

namespace ui {

class BodyView;
class HeaderTable;

class MessageView : public QSplitter {
    Q_OBJECT
public:
    enum class Side : std::uint8_t { Request, Response };

    MessageView(const Theme &theme, Side side, QWidget *parent = nullptr);

    void setExchange(const traffic::Exchange &exchange);
    // Places of before; without, the headers take what they need, up to a part.
    void restorePlaces(const QByteArray &state);

    [[nodiscard]] HeaderTable *headers() const { return m_headers; }
    [[nodiscard]] BodyView *body() const { return m_body; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QString whyNoBody(const traffic::Exchange &exchange) const; // empty: it is as it was
    void showBody(const traffic::Exchange &exchange);
    void fit();

    const Side m_side;
    HeaderTable *m_headers;
    BodyView *m_body;
    bool m_placed = false; // by the user
};

} // namespace ui
