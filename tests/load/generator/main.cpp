// tunnel_load: the load generator that ./dev load drives. Thousands of tunnels and their visitors on one thread, loopback
// only. Commands come by the standard input (console.h).
//   tunnel_load port=N [body=64] [comeback=backoff|at-once] [connect=apex|by-name]
#include "console.h"

#include <boost/asio/co_spawn.hpp>

#include <unistd.h>

#include <csignal>
#include <iostream>
#include <string>

namespace {

load::ConsoleSettings settingsOf(int argc, char **argv)
{
    std::string line = "start";
    for (int i = 1; i < argc; ++i)
        line += " " + std::string(argv[i]);
    const auto options = load::Command::parse(line);
    load::ConsoleSettings settings;
    const auto port = static_cast<std::uint16_t>(options.count("port"));
    settings.relay = {boost::asio::ip::address_v4::loopback(), port};
    settings.fleet.bodyBytes = options.count("body", settings.fleet.bodyBytes);
    if (options.text("comeback", "backoff") == "at-once")
        settings.fleet.comeback = load::Comeback::AtOnce;
    settings.fleet.byName = options.text("connect", "apex") == "by-name";
    return settings;
}

} // namespace

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    try {
        boost::asio::io_context context(1);
        load::Console console(context, settingsOf(argc, argv), std::cout);
        boost::asio::co_spawn(context, console.run(STDIN_FILENO), [](const std::exception_ptr &failure) {
            if (failure)
                std::rethrow_exception(failure);
        });
        context.run();
    } catch (const std::exception &error) {
        std::cerr << "tunnel_load: " << error.what() << "\n";
        return 1;
    }
    return 0;
}
