#include "desktop/arguments.h"

#include "settings/tunnel_entry.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace desktop {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr const char *kFooter = R"(Examples:
  http-tunnel                      opens the window
  http-tunnel --expose 3000        and gives what listens on port 3000 a URL
  http-tunnel --hidden             only in the tray, for the start of a session

A second start raises the window of the first and hands its arguments over.
Files: HTTP_TUNNEL_CONFIG_DIR and HTTP_TUNNEL_STATE_DIR name other folders than
~/.config/http-tunnel and ~/.local/state/http-tunnel.

Exit codes:
  0  quit, or handed over to the one that runs
  1  the one that runs does not answer, or a folder cannot be written
  2  wrong usage, or no display)";

// The words as given, before any of them is checked.
struct Words {
    std::string target;
    std::string name;
    bool hidden = false;
    bool verbose = false;
};

CLI::Option *addOptions(CLI::App &app, Words &words)
{
    auto *expose =
        app.add_option("--expose", words.target, "Open the tunnel to this local service; without one, choose it there")
            ->type_name("PORT|HOST:PORT|URL")
            ->expected(0, 1);
    app.add_option("--name", words.name, "Name in its public URL")->type_name("NAME")->needs(expose);
    app.add_flag("--hidden", words.hidden, "Start in the tray, without the window");
    app.add_flag("-v,--verbose", words.verbose, "Say on stderr what tunnels and the embedded relay do");
    app.set_version_flag("--version", "http-tunnel " HTTP_TUNNEL_VERSION);
    app.footer(kFooter);
    return expose;
}

Result<Options> checked(const Words &words, bool expose)
{
    if (!words.target.empty()) {
        if (auto target = settings::parseTarget(words.target); !target)
            return fail(Code::InvalidRequest, fmt::format("--expose: {}", target.error().message));
    }
    if (!words.name.empty()) {
        if (auto name = settings::parseName(words.name); !name)
            return fail(Code::InvalidRequest, fmt::format("--name: {}", name.error().message));
        if (words.target.empty())
            return fail(Code::InvalidRequest, "--name needs --expose with a PORT");
    }
    Options options;
    options.request = {expose, QString::fromStdString(words.target), QString::fromStdString(words.name), words.hidden};
    options.verbose = words.verbose;
    return options;
}

} // namespace

Result<Options> parseArguments(int argc, const char *const *argv)
{
    CLI::App app("HTTP Tunnel: a public URL for a local port, and its requests in a window", "http-tunnel");
    Words words;
    const CLI::Option *expose = addOptions(app, words);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp &) {
        return Options{.text = app.help()};
    } catch (const CLI::CallForVersion &version) {
        return Options{.text = std::string(version.what()) + '\n'};
    } catch (const CLI::ParseError &error) {
        return fail(Code::InvalidRequest, error.what());
    }
    return checked(words, expose->count() > 0);
}

} // namespace desktop
