#include "console.h"

#include "report.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/read_until.hpp>

#include <istream>
#include <stdexcept>

namespace load {

namespace {

using nlohmann::json;
using relay::kAwaitTuple;
using relay::Task;

constexpr std::size_t kMaxLineBytes = 4096;

std::chrono::milliseconds millisecondsOf(double seconds)
{
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

void rethrow(const std::exception_ptr &failure)
{
    if (failure)
        std::rethrow_exception(failure); // out of io_context::run(): ends the program
}

} // namespace

Console::Console(boost::asio::io_context &context, const ConsoleSettings &settings, std::ostream &out)
    : m_context(context), m_settings(settings), m_out(out), m_fleet(context.get_executor(), settings.relay)
{
    m_fleet.configure(settings.fleet);
    boost::asio::co_spawn(m_context, m_fleet.keepAlive(), rethrow);
}

Task<> Console::run(int descriptor)
{
    boost::asio::posix::basic_stream_descriptor<relay::Executor> input(m_context.get_executor(), descriptor);
    std::string text;
    for (;;) {
        auto buffer = boost::asio::dynamic_buffer(text, kMaxLineBytes);
        const auto [error, count] = co_await boost::asio::async_read_until(input, buffer, '\n', kAwaitTuple);
        if (error)
            break;
        start(Command::parse(std::string_view(text).substr(0, count)));
        text.erase(0, count);
    }
    m_fleet.close();
    m_context.stop();
}

void Console::start(Command command)
{
    boost::asio::co_spawn(m_context, perform(std::move(command)), rethrow);
}

Task<> Console::perform(Command command)
{
    if (command.verb() == "tunnels")
        co_await tunnels(command);
    else if (command.verb() == "await")
        co_await await(command);
    else if (command.verb() == "visit")
        co_await visit(command);
    else if (command.verb() == "slow")
        co_await slow(command);
    else if (command.verb() == "churn")
        co_await churn(command);
    else if (command.verb() == "forget")
        forget(command);
    else
        throw std::invalid_argument("unknown command " + command.verb());
}

void Console::say(const Command &command, std::string_view event, json figures)
{
    figures["id"] = command.count("id");
    figures["event"] = event;
    m_out << figures.dump() << std::endl;
}

Task<> Console::tunnels(const Command &command)
{
    const auto wanted = m_fleet.size() + command.count("count");
    const auto begun = std::chrono::steady_clock::now();
    const auto timeout = millisecondsOf(command.number("timeout", 60));
    FleetPlan plan{command.count("count"), command.number("seconds", 0), command.text("prefix", "t")};
    co_await m_fleet.start(std::move(plan));
    const bool all = co_await m_fleet.await(wanted, 0, timeout);
    auto figures = reportOf(m_fleet.state());
    figures["all"] = all;
    figures["took_s"] = std::chrono::duration<double>(m_fleet.state().lastEstablished - begun).count();
    say(command, "done", std::move(figures));
}

Task<> Console::await(const Command &command)
{
    const auto begun = std::chrono::steady_clock::now();
    const auto timeout = millisecondsOf(command.number("timeout", 60));
    const bool all = co_await m_fleet.await(command.count("online"), command.count("lost", 0), timeout);
    auto figures = reportOf(m_fleet.state());
    figures["all"] = all;
    figures["took_s"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    say(command, "done", std::move(figures));
}

Task<> Console::churn(const Command &command)
{
    const auto drops = static_cast<std::uint64_t>(command.number("rate") * command.number("seconds"));
    co_await m_fleet.churn(command.number("rate"), drops);
    say(command, "done", reportOf(m_fleet.state()));
}

void Console::forget(const Command &command)
{
    m_fleet.forget();
    say(command, "done", json::object());
}

Console::HostOf Console::hostsOf(const Command &command) const
{
    if (const auto host = command.text("host", ""); !host.empty())
        return [host](std::uint64_t) { return host; };
    const auto hosts = command.count("hosts");
    if (hosts == 0 || hosts > m_fleet.size())
        throw std::invalid_argument("hosts= takes 1 to as many as there are tunnels");
    return [this, hosts](std::uint64_t n) { return m_fleet.name(n % hosts) + ".localhost"; };
}

Task<> Console::visit(const Command &command)
{
    CrowdPlan plan;
    plan.perSecond = command.number("rate");
    plan.seconds = command.number("seconds");
    plan.connections = command.count("connections");
    plan.visit = {.path = command.text("path", "/"),
                  .bodyBytes = command.count("bytes", m_settings.fleet.bodyBytes),
                  .perConnection = command.count("keep", 0)};
    plan.hostOf = hostsOf(command);
    plan.every = millisecondsOf(command.number("every", 0));
    Crowd crowd(m_context.get_executor(), m_settings.relay, std::move(plan));
    std::function<void(const CrowdFigures &)> interim = [&](const CrowdFigures &figures) {
        say(command, "interval", reportOf(figures));
    };
    const auto figures = co_await crowd.run(std::move(interim));
    say(command, "done", reportOf(figures));
}

Task<> Console::slow(const Command &command)
{
    SlowPlan plan;
    plan.count = command.count("count");
    plan.ramp = command.number("ramp", 0);
    plan.bytesPerSecond = command.count("bytes_per_second");
    plan.seconds = command.number("seconds");
    plan.path = "/bytes/" + std::to_string(command.count("size"));
    plan.hostOf = hostsOf(command);
    const auto figures = co_await runSlowCrowd(m_context.get_executor(), m_settings.relay, std::move(plan));
    say(command, "done", reportOf(figures));
}

} // namespace load
