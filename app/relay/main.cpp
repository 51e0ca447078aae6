// tunnel-relay: the self-hosted public side. Parse, build the server, run it until a signal; or make and read tokens.
#include "crash/core_files.h"
#include "descriptors/descriptor_limit.h"
#include "heap/freed_memory.h"
#include "heap/unused_memory_return.h"
#include "relay/log.h"
#include "relay/options.h"
#include "relay/server.h"

#include <pthread.h>

#include <csignal>
#include <cstdio>
#include <iostream>
#include <thread>

namespace {

constexpr int kExitFailed = 1;
constexpr int kExitUsage = 2;

sigset_t stopSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

// The first signal drains, the second ends at once. SIGUSR1 ends the waiting when the server has stopped by itself.
void stopOnSignal(relay::Server &server, sigset_t signals)
{
    sigaddset(&signals, SIGUSR1);
    for (;;) {
        int signal = 0;
        if (sigwait(&signals, &signal) != 0 || signal == SIGUSR1)
            return;
        server.stop();
    }
}

int serve(const app::RelayOptions &options)
{
    relay::Log log(options.config.log);
    log.debug("descriptors", {{"limit", descriptors::raiseLimit()}});
    relay::Server server(options.config, log);
    if (auto listening = server.listen(); !listening) {
        std::fprintf(stderr, "tunnel-relay: %s\n", listening.error().message.c_str());
        return listening.error().code == wire::Code::InvalidRequest ? kExitUsage : kExitFailed;
    }
    const auto origin = relay::publicOrigin(options.config, server.port());
    std::printf("listening on %s port %u, public as %s\n", options.config.listen.address.c_str(),
                unsigned{server.port()}, origin.c_str());
    std::fflush(stdout);
    std::thread waiter(stopOnSignal, std::ref(server), stopSignals());
    server.run();
    pthread_kill(waiter.native_handle(), SIGUSR1);
    waiter.join();
    return 0;
}

int handleToken(const app::TokenCommand &command)
{
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto answer = app::runTokenCommand(command, std::cin, now);
    if (!answer) {
        std::fprintf(stderr, "tunnel-relay: %s\n", answer.error().message.c_str());
        return answer.error().code == wire::Code::InvalidRequest ? kExitUsage : kExitFailed;
    }
    std::fputs(answer->text.c_str(), stdout);
    return answer->accepted ? 0 : kExitFailed;
}

} // namespace

int main(int argc, char **argv)
{
    crash::keepNoCoreFiles();
    std::signal(SIGPIPE, SIG_IGN);
    auto blocked = stopSignals();
    sigaddset(&blocked, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &blocked, nullptr);

    const auto options = app::parseRelayOptions(argc, argv);
    if (!options) {
        std::fprintf(stderr, "tunnel-relay: %s\n", options.error().message.c_str());
        return kExitUsage;
    }
    if (!options->message.empty()) {
        std::fputs(options->message.c_str(), stdout);
        return 0;
    }
    if (options->token)
        return handleToken(*options->token);
    if (options->checkOnly) {
        std::puts("the configuration is valid");
        return 0;
    }
    heap::keepFreedMemory();
    const heap::UnusedMemoryReturn memory;
    return serve(*options);
}
