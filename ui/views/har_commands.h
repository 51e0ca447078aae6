// Recorded requests to a HAR file, and those of a HAR file into the list. Asks what has to be asked (with secrets or
// without, which file) in dialogs of the window, without an event loop of its own; files are read and written on another
// thread. GUI thread; the store is borrowed.
#pragma once

#include "traffic/exchange_store.h"
#include "traffic/har_files.h"

#include <QDialog>
#include <QPointer>

#include <functional>

namespace ui {

class HarCommands : public QObject {
    Q_OBJECT
public:
    using UrlOf = std::function<QString(const traffic::Exchange &)>;

    HarCommands(traffic::ExchangeStore &store, UrlOf urlOf, QWidget *window);

    void exportRequests(const QList<quint64> &keys); // those that are still kept when the file is written
    void importFile();

    // The same without questions.
    void save(const QList<quint64> &keys, traffic::Redact redact, const QString &path);
    void load(const QString &path);

    [[nodiscard]] QDialog *dialog() const { return m_dialog; } // the question that is asked now; null: none

Q_SIGNALS:
    void told(const QString &sentence); // what was done
    void noticed(const QString &sentence, bool error); // what has to be read; empty: the one before no longer holds
    void imported(); // they are in the store

private:
    [[nodiscard]] QList<traffic::HarItem> itemsOf(const QList<quint64> &keys) const;
    void askFile(const QList<quint64> &keys, traffic::Redact redact);
    void take(const QString &name, wire::Result<traffic::HarLog> log);

    traffic::ExchangeStore &m_store;
    UrlOf m_urlOf;
    QWidget *m_window;
    QPointer<QDialog> m_dialog;
    QString m_folder; // of the file before; empty: where downloads are
    traffic::HarFiles m_files;
};

} // namespace ui
