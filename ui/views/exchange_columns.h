// Which columns of the request table are shown, how wide and in which order: what the user set, kept in WindowState,
// less what does not fit the width at the moment (the least important first). The path takes what is left. GUI thread.
#pragma once

#include "settings/window_state.h"
#include "ui/models/exchange_model.h"

#include <QObject>

#include <array>

class QHeaderView;
class QMenu;

namespace ui {

class ExchangeColumns : public QObject {
    Q_OBJECT
public:
    // `header` has the model already; it is also the parent.
    ExchangeColumns(QHeaderView &header, settings::WindowState &state);

    void setHidden(ExchangeColumn column, bool hidden); // by the user; the path stays
    [[nodiscard]] bool isHidden(ExchangeColumn column) const { return m_hidden.at(std::size_t(column)); }
    void fit(int width); // the table's
    void reset();        // as they were the first time
    void fillMenu(QMenu &menu);

private:
    void restore();
    void remember();
    void setDefaultWidths();
    [[nodiscard]] int neededWidth() const; // of what is visible, the path at its least

    QHeaderView &m_header;
    settings::WindowState &m_state;
    std::array<bool, kExchangeColumns> m_hidden{};
    int m_width = 0;
    bool m_fitting = false;
};

} // namespace ui
