// The rows of an ExchangeModel that fit the filter and the chosen tunnel, in order of arrival or by a column. A new
// filter changes the layout, never resets. GUI thread; the source is borrowed.
#pragma once

#include "ui/models/exchange_model.h"
#include "ui/models/exchange_query.h"

#include <QSortFilterProxyModel>

namespace ui {

class ExchangeFilterModel : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit ExchangeFilterModel(ExchangeModel &source, QObject *parent = nullptr);

    void setQuery(const ExchangeQuery &query);
    [[nodiscard]] const ExchangeQuery &query() const { return m_query; }
    void setTunnel(const QString &id); // empty: all
    [[nodiscard]] QString tunnel() const { return m_tunnel; }

    [[nodiscard]] const client::ExchangeSummary &summary(int row) const;
    [[nodiscard]] int rowOf(quint64 key) const; // -1 when it is not shown
    [[nodiscard]] bool inOrderOfArrival() const { return sortColumn() < 0; }

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    ExchangeModel &m_source;
    ExchangeQuery m_query;
    QString m_tunnel;
};

} // namespace ui
