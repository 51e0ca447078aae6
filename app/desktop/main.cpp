#include "crash/core_files.h"
#include "descriptors/descriptor_limit.h"
#include "desktop/arguments.h"
#include "desktop/display_guard.h"
#include "desktop/program.h"
#include "desktop/single_instance.h"
#include "embedded/event_loops.h"
#include "heap/freed_memory.h"
#include "heap/unused_memory_return.h"

#include <QApplication>
#include <fmt/core.h>

#include <langinfo.h>
#include <signal.h>

#include <clocale>
#include <cstdio>
#include <cstring>
#include <memory>

namespace {

constexpr int kUsage = 2;

// Qt complains at the start when the locale is not UTF-8, which is usual in containers.
void useUtf8Locale()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(::nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

std::unique_ptr<QApplication> makeApplication(int &argc, char **argv)
{
    const desktop::DisplayGuard guard;
    QCoreApplication::setApplicationName(QStringLiteral("http-tunnel"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HTTP_TUNNEL_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("http-tunnel"));
    auto application = std::make_unique<QApplication>(argc, argv);
    QGuiApplication::setWindowIcon(ui::applicationIcon());
    return application;
}

int complain(const std::string &sentence, int code)
{
    fmt::print(stderr, "http-tunnel: {}\n", sentence);
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    crash::keepNoCoreFiles();
    ::signal(SIGPIPE, SIG_IGN);
    heap::keepFreedMemory();
    embedded::preferQtEventLoops();
    const auto options = desktop::parseArguments(argc, argv);
    if (!options)
        return complain(options.error().message + "\nRun http-tunnel --help for how to use it.", kUsage);
    if (!options->text.empty()) {
        fmt::print("{}", options->text);
        return 0;
    }
    useUtf8Locale();
    const auto application = makeApplication(argc, argv);
    desktop::SingleInstance instance(settings::stateFolder(), desktop::runtimeFolder());
    const auto start = instance.claim(desktop::toMessage(options->request));
    if (!start)
        return complain(start.error().message, 1);
    if (*start == desktop::Start::HandedOver)
        return 0;
    descriptors::raiseLimit();
    const heap::UnusedMemoryReturn memory;
    desktop::Program program(*application, options->verbose);
    QObject::connect(&instance, &desktop::SingleInstance::told, &program, [&program](const QByteArray &message) {
        if (const auto request = desktop::fromMessage(message))
            program.adopt(*request);
    });
    program.start(options->request);
    return QApplication::exec();
}
