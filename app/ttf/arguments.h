// The command line of ttf as a value. Pure: reads nothing but argv, prints nothing.
#pragma once

#include "settings/tunnel_entry.h"
#include "ttf/access_options.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ttf {

enum class Command : std::uint8_t {
    Print, // --help or --version: write `text` to stdout and exit
    Http,  // one tunnel, in `tunnel`; also the earlier client's flags without a command
    Start, // the tunnels of `configPath`, only `names` when there are any
    Demo,  // `tunnel` without a target: the sample site
    HashPassword, // of `loginName`, read from stdin
};

struct Options {
    Command command = Command::Print;
    std::string text;
    settings::TunnelEntry tunnel;
    QString loginFile; // --basic-auth-file: its logins are to be added to the tunnel's rules
    std::optional<std::chrono::seconds> openFor; // --expires, from the start on
    std::string loginName;
    QString configPath;
    QStringList names;
    QString tokenFile;
    QString passphraseFile; // of the file with saved tokens; "-": standard input; empty: asked for on a terminal
    QByteArray token; // from --token: see token_source.h
    std::optional<quint16> relayPort;
    bool json = false;
    bool verbose = false;
    std::vector<std::string> warnings; // for stderr
};

// Errors are InvalidRequest with a sentence for stderr (exit code 2).
[[nodiscard]] wire::Result<Options> parseArguments(int argc, const char *const *argv);

} // namespace ttf
