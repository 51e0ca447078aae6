// Reads and writes HAR files on a thread of its own, one after the other; tells the outcome on the caller's thread. Files
// are for their owner only (0600) and replaced in one step. Lives on the GUI thread; its end waits for what was begun.
#pragma once

#include "traffic/har_reader.h"
#include "traffic/har_writer.h"

#include <QObject>
#include <QThreadPool>

#include <functional>

namespace traffic {

class HarFiles : public QObject {
    Q_OBJECT
public:
    explicit HarFiles(QObject *parent = nullptr);

    // Nothing, or a sentence for the user.
    using Saved = std::function<void(const wire::Result<> &)>;
    void save(const QString &path, QList<HarItem> items, Redact redact, Saved done);

    // Exchanges with keys drawn now, or sentences for the user.
    using Loaded = std::function<void(wire::Result<HarLog>)>;
    void load(const QString &path, Loaded done);

private:
    QThreadPool m_pool;
};

} // namespace traffic
