// http-tunnel with its event loop watched: `window_load PORT` exposes PORT in the window, and when it is ended by
// SIGTERM tells, as one JSON object, how long the loop was ever away and what stands in the list.
#include "desktop/program.h"
#include "support/frame_watch.h"

#include <QApplication>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <utility>

namespace {

nlohmann::json listed(const traffic::ExchangeStore &store)
{
    auto targets = nlohmann::json::array();
    for (qsizetype row = 0; row < store.count(); ++row) {
        const auto &shown = store.at(row).summary;
        if (shown.state != client::ExchangeState::Done || shown.status != 200)
            targets.push_back("not done: " + shown.target.toStdString());
        else
            targets.push_back(shown.target.toStdString());
    }
    return targets;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("http-tunnel"));
    QApplication application(argc, argv);
    if (argc != 2)
        return 2;
    desktop::Program program(application, false);
    desktop::StartRequest request;
    request.expose = true;
    request.target = QString::fromLocal8Bit(argv[1]);
    program.start(request);

    support::FrameWatch watch;
    // From the first request on: building the window is no frame of it.
    QObject::connect(&program.store(), &traffic::ExchangeStore::appended, &watch, [&watch, begun = false]() mutable {
        if (!std::exchange(begun, true))
            watch.start();
    });
    const int code = QApplication::exec();
    const nlohmann::json result{{"longest_wall_ms", watch.longestWallMs()}, {"longest_busy_ms", watch.longestBusyMs()},
                                {"load_percent", watch.loadPercent()},      {"turns", watch.turns()},
                                {"evicted", program.store().evicted()},     {"listed", listed(program.store())}};
    std::puts(result.dump().c_str());
    return code;
}
