#include "embedded/event_loops.h"

#include <QByteArray>

namespace embedded {

void preferQtEventLoops()
{
    qputenv("QT_NO_THREADED_GLIB", QByteArrayLiteral("1"));
}

} // namespace embedded
