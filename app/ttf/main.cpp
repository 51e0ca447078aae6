#include "crash/core_files.h"
#include "descriptors/descriptor_limit.h"
#include "embedded/event_loops.h"
#include "heap/freed_memory.h"
#include "heap/unused_memory_return.h"
#include "settings/keychain_store.h"
#include "settings/preferences.h"
#include "settings/secret_vault.h"
#include "ttf/argv_scrub.h"
#include "ttf/login_file.h"
#include "ttf/password_prompt.h"
#include "ttf/program.h"

#include <QCoreApplication>
#include <fmt/core.h>

#include <fcntl.h>
#include <langinfo.h>
#include <signal.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

namespace {

// A closed descriptor 0, 1 or 2 would be given to the next file or socket that is opened.
void holdStandardDescriptors()
{
    int descriptor = ::open("/dev/null", O_RDWR);
    while (descriptor >= 0 && descriptor <= STDERR_FILENO)
        descriptor = ::open("/dev/null", O_RDWR);
    ::close(descriptor);
}

// Qt complains at the start when the locale is not UTF-8, which is usual on servers and in containers.
void useUtf8Locale()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(::nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

ttf::ExitCode printHashedLogin(const std::string &name)
{
    const auto password = ttf::readPassword(STDIN_FILENO);
    const auto login = password ? ttf::hashedLogin(name, *password) : std::unexpected(password.error());
    if (!login) {
        fmt::print(stderr, "ttf: {}\n", login.error().message);
        return ttf::ExitCode::Usage;
    }
    fmt::print("{}\n", *login);
    return ttf::ExitCode::Stopped;
}

} // namespace

int main(int argc, char **argv)
{
    crash::keepNoCoreFiles();
    holdStandardDescriptors();
    ::signal(SIGPIPE, SIG_IGN);
    heap::keepFreedMemory();
    embedded::preferQtEventLoops();
    auto options = ttf::parseArguments(argc, argv);
    ttf::scrubToken(argc, argv);
    if (!options) {
        fmt::print(stderr, "ttf: {}\nRun ttf --help for how to use it.\n", options.error().message);
        return std::to_underlying(ttf::ExitCode::Usage);
    }
    if (options->command == ttf::Command::Print) {
        fmt::print("{}", options->text);
        return std::to_underlying(ttf::ExitCode::Stopped);
    }
    if (options->command == ttf::Command::HashPassword)
        return std::to_underlying(printHashedLogin(options->loginName));
    descriptors::raiseLimit();
    useUtf8Locale();
    QCoreApplication app(argc, argv);
    const heap::UnusedMemoryReturn memory;
    settings::SecretVault vault(std::make_unique<settings::KeychainStore>(),
                                settings::secretsFilePath(settings::configFolder()));
    ttf::Program program(*std::move(options), qgetenv("TUNNEL_TOKEN"), vault, &vault);
    if (const auto code = program.start())
        return std::to_underlying(*code);
    return QCoreApplication::exec();
}
