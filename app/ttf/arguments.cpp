#include "ttf/arguments.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace ttf {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr const char *kFooter = R"(Examples:
  ttf http 3000                    http://localhost:3000 on an embedded relay
  ttf http 3000 --name shop --relay https://relay.example.com
  ttf start --config tunnels.toml  every tunnel of the file
  ttf demo                         a sample site, to see traffic

The token of a relay is taken from --token-file, else TUNNEL_TOKEN, else --token,
else from where the settings of HTTP Tunnel save it: the keyring, or a file that
--passphrase-file opens.
The earlier client's form still works: ttf --endpoint URL --port PORT [--host HOST].

Exit codes:
  0  stopped by the user        3  unauthorized
  1  internal failure           4  the name is taken
  2  wrong usage or settings    5  the embedded relay could not start)";

// The words as given, before any of them is checked.
struct Words {
    std::string target;
    std::string name;
    std::string relay;
    std::string hostHeader = "rewrite";
    std::string upstreamTls = "verify";
    std::string tokenFile;
    std::string token;
    std::string passphraseFile;
    std::string relayPort;
    std::string config = "tunnels.toml";
    std::vector<std::string> names;
    std::string endpoint;
    std::string host = "127.0.0.1";
    std::string port = "3000";
    std::string ignored;
    bool takeover = false;
    bool json = false;
    bool verbose = false;
    std::string loginName;
    AccessWords access;
};

void addCommonOptions(CLI::App &app, Words &words)
{
    app.add_option("--token-file", words.tokenFile, "File with the token for the relay")->type_name("FILE");
    app.add_option("-t,--token", words.token, "The token itself. Others can read it in the process list")
        ->type_name("VALUE");
    app.add_option("--passphrase-file", words.passphraseFile,
                   "Passphrase of the file with saved tokens: a file, /dev/fd/N, or - for standard input")
        ->type_name("FILE");
    app.add_flag("--json", words.json, "One JSON object per line instead of text");
    app.add_flag("-v,--verbose", words.verbose, "Say on stderr what the tunnel does");
}

void addRelayPort(CLI::App &app, Words &words)
{
    app.add_option("--relay-port", words.relayPort, "Port of the embedded relay (default: the same as last time)")
        ->type_name("PORT");
}

void addTunnelOptions(CLI::App &app, Words &words)
{
    app.add_option("--name", words.name, "Name in the public URL (default: the same as last time)")->type_name("NAME");
    app.add_option("--relay", words.relay, "The relay's address (default: an embedded relay on this computer)")
        ->type_name("URL");
    app.add_option("--host-header", words.hostHeader, "Host that the local service sees: rewrite, preserve or a value")
        ->type_name("rewrite|preserve|VALUE");
    app.add_option("--upstream-tls", words.upstreamTls, "How an https:// target is checked: verify, off or pin:SHA256")
        ->type_name("verify|off|pin:SHA256");
    app.add_flag("--takeover", words.takeover, "Take the name from another client with the same token");
    addAccessOptions(app, words.access);
    addRelayPort(app, words);
    addCommonOptions(app, words);
}

void addEarlierOptions(CLI::App &app, Words &words)
{
    app.add_option("-e,--endpoint", words.endpoint, "Address of the server")
        ->type_name("URL")
        ->group("Without a command");
    app.add_option("-p,--port", words.port, "Port of the local service (default: 3000)")
        ->type_name("PORT")
        ->group("Without a command");
    app.add_option("--host", words.host, "Host of the local service (default: 127.0.0.1)")
        ->type_name("HOST")
        ->group("Without a command");
    app.add_option("--connect-timeout", words.ignored)->group("");
    app.add_option("--request-timeout", words.ignored)->group("");
}

template <class T>
Result<> assign(T &value, Result<T> parsed, std::string_view option)
{
    if (!parsed)
        return fail(Code::InvalidRequest, fmt::format("{}: {}", option, parsed.error().message));
    value = *std::move(parsed);
    return {};
}

Options print(std::string text)
{
    Options options;
    options.text = std::move(text);
    return options;
}

class Reading {
public:
    Reading();
    Result<Options> read(int argc, const char *const *argv);

private:
    Result<Options> toOptions();
    Result<> readTunnel(settings::TunnelEntry &tunnel) const;
    Result<> readHttp(settings::TunnelEntry &tunnel) const;
    Result<> readEarlierForm(settings::TunnelEntry &tunnel) const;
    Result<> readAccess(Options &options) const;
    Result<> readCommon(Options &options) const;

    Words m_words;
    CLI::App m_app{"Gives what listens on a local port a public URL.", "ttf"};
    CLI::App *m_http = nullptr;
    CLI::App *m_start = nullptr;
    CLI::App *m_demo = nullptr;
    CLI::App *m_hash = nullptr;
};

Reading::Reading()
{
    m_app.footer(kFooter);
    m_app.set_version_flag("--version", "ttf " TTF_VERSION);
    m_app.require_subcommand(0, 1);
    addCommonOptions(m_app, m_words);
    addEarlierOptions(m_app, m_words);

    m_http = m_app.add_subcommand("http", "Expose a local HTTP service");
    m_http->add_option("TARGET", m_words.target, "PORT, HOST:PORT or http(s)://HOST:PORT")->required();
    addTunnelOptions(*m_http, m_words);

    m_start = m_app.add_subcommand("start", "Expose every tunnel of a tunnels.toml");
    m_start->add_option("--config", m_words.config, "The file (default: tunnels.toml)")->type_name("FILE");
    m_start->add_option("NAME", m_words.names, "Only these tunnels (default: all but those with autostart = false)");
    addRelayPort(*m_start, m_words);
    addCommonOptions(*m_start, m_words);

    m_demo = m_app.add_subcommand("demo", "Expose a built-in sample site");
    addTunnelOptions(*m_demo, m_words);

    m_hash = m_app.add_subcommand("hash-password", "Print a login for --basic-auth-file or tunnels.toml");
    m_hash->add_option("NAME", m_words.loginName, "The user's name; the password is read from standard input")
        ->required();
}

Result<> Reading::readTunnel(settings::TunnelEntry &tunnel) const
{
    tunnel.takeover = m_words.takeover;
    if (!m_words.name.empty()) {
        if (auto done = assign(tunnel.name, settings::parseName(m_words.name), "--name"); !done)
            return done;
    }
    if (!m_words.relay.empty()) {
        if (auto done = assign(tunnel.server, settings::parseServer(m_words.relay), "--relay"); !done)
            return done;
    }
    if (auto done = assign(tunnel.hostHeader, settings::parseHostHeader(m_words.hostHeader), "--host-header"); !done)
        return done;
    return assign(tunnel.upstreamTls, settings::parseUpstreamTls(m_words.upstreamTls), "--upstream-tls");
}

Result<> Reading::readHttp(settings::TunnelEntry &tunnel) const
{
    if (auto done = assign(tunnel.target, settings::parseTarget(m_words.target), "TARGET"); !done)
        return done;
    if (auto done = readTunnel(tunnel); !done)
        return done;
    return settings::checkEntry(tunnel);
}

Result<> Reading::readEarlierForm(settings::TunnelEntry &tunnel) const
{
    if (m_words.endpoint.empty())
        return fail(Code::InvalidRequest, "say what to expose, for example: ttf http 3000");
    if (auto done = assign(tunnel.server, settings::parseServer(m_words.endpoint), "--endpoint"); !done)
        return done;
    if (auto done = assign(tunnel.target.port, settings::parsePort(m_words.port), "--port"); !done)
        return done;
    const bool bareV6 = m_words.host.find(':') != std::string::npos && !m_words.host.starts_with('[');
    const auto target = fmt::format(fmt::runtime(bareV6 ? "[{}]:{}" : "{}:{}"), m_words.host, m_words.port);
    return assign(tunnel.target, settings::parseTarget(target), "--host");
}

Result<> Reading::readAccess(Options &options) const
{
    auto read = readAccessOptions(m_words.access);
    if (!read)
        return std::unexpected(std::move(read).error());
    options.tunnel.access = std::move(read->access);
    options.loginFile = read->loginFile;
    options.openFor = read->openFor;
    return {};
}

Result<> Reading::readCommon(Options &options) const
{
    options.tokenFile = QString::fromStdString(m_words.tokenFile);
    options.token = QByteArray::fromStdString(m_words.token);
    options.passphraseFile = QString::fromStdString(m_words.passphraseFile);
    options.json = m_words.json;
    options.verbose = m_words.verbose;
    if (!m_words.ignored.empty())
        options.warnings.emplace_back(
            "--connect-timeout and --request-timeout are ignored: the server sets the limits");
    if (m_words.relayPort.empty())
        return {};
    return assign(options.relayPort.emplace(), settings::parsePort(m_words.relayPort), "--relay-port");
}

Result<Options> Reading::toOptions()
{
    Options options;
    Result<> done;
    if (m_http->parsed() || m_demo->parsed()) {
        options.command = m_http->parsed() ? Command::Http : Command::Demo;
        done = m_http->parsed() ? readHttp(options.tunnel) : readTunnel(options.tunnel);
        if (done)
            done = readAccess(options);
    } else if (m_hash->parsed()) {
        options.command = Command::HashPassword;
        options.loginName = m_words.loginName;
        return options;
    } else if (m_start->parsed()) {
        options.command = Command::Start;
        options.configPath = QString::fromStdString(m_words.config);
        for (const std::string &name : m_words.names)
            options.names.append(QString::fromStdString(name));
    } else {
        options.command = Command::Http;
        done = readEarlierForm(options.tunnel);
    }
    if (!m_app.get_subcommands().empty() && !m_words.endpoint.empty())
        done = fail(Code::InvalidRequest, "--endpoint is for the form without a command: with a command write --relay");
    if (options.tunnel.server.isValid() && !m_words.relayPort.empty())
        done = fail(Code::InvalidRequest, "--relay-port is the embedded relay's, which --relay replaces");
    if (done)
        done = readCommon(options);
    if (!done)
        return std::unexpected(std::move(done).error());
    return options;
}

Result<Options> Reading::read(int argc, const char *const *argv)
{
    try {
        m_app.parse(argc, argv);
    } catch (const CLI::CallForHelp &) {
        return print(m_app.help());
    } catch (const CLI::CallForVersion &version) {
        return print(std::string(version.what()) + '\n');
    } catch (const CLI::ParseError &error) {
        return fail(Code::InvalidRequest, error.what());
    }
    return toOptions();
}

} // namespace

Result<Options> parseArguments(int argc, const char *const *argv)
{
    return Reading().read(argc, argv);
}

} // namespace ttf
