// The recorded exchanges as a table, one row each in order of arrival, for the filter in front of the table view. Its
// changes are those of the store, one to one. GUI thread; the store is borrowed.
#pragma once

#include "traffic/exchange_store.h"
#include "ui/theme/colors.h"

#include <QAbstractTableModel>

namespace ui {

enum class ExchangeColumn : std::uint8_t { Marker, Time, Method, Path, Status, Duration, Size, Tunnel };
inline constexpr int kExchangeColumns = 8;

class ExchangeModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit ExchangeModel(traffic::ExchangeStore &store, QObject *parent = nullptr);

    [[nodiscard]] const client::ExchangeSummary &summary(int row) const { return m_store.at(row).summary; }
    [[nodiscard]] int rowOf(quint64 key) const { return int(m_store.rowOf(key)); } // -1 when it is not kept

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const client::ExchangeSummary &exchange, ExchangeColumn column) const;
    [[nodiscard]] QString tooltip(const client::ExchangeSummary &exchange, ExchangeColumn column) const;

    traffic::ExchangeStore &m_store;
    const Colors m_colors = lightColors(); // only for the words of badges
};

} // namespace ui
