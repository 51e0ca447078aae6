// The generator's face to its driver: commands come as lines, answers go as lines of JSON with the command's id.
//   tunnels id=1 count=1000 seconds=10 [prefix=t] [timeout=60]    starts tunnels, waits until all are online
//   await id=2 online=0 [lost=0] [timeout=60]     waits until exactly so many are and so many links were lost
//   forget id=3                                                   losses, establishment, failures count from zero
//   visit id=4 rate=1000 seconds=60 connections=64 hosts=1000|host=NAME.localhost [path=/] [bytes=64] [every=5] [keep=0]
//   slow id=5 count=100 bytes_per_second=1024 seconds=60 hosts=100 size=1048576 [ramp=0]
//   churn id=6 rate=2 seconds=60                                  drops so many links a second; their tunnels come back
// Commands run side by side; the end of the input ends the program. One thread.
#pragma once

#include "command.h"
#include "fleet.h"

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <nlohmann/json.hpp>

#include <ostream>

namespace load {

struct ConsoleSettings {
    boost::asio::ip::tcp::endpoint relay;
    FleetSettings fleet;
};

class Console {
public:
    Console(boost::asio::io_context &context, const ConsoleSettings &settings, std::ostream &out);

    // Reads commands until the end; an exception for one that is wrong.
    [[nodiscard]] relay::Task<> run(int descriptor);

private:
    using HostOf = std::function<std::string(std::uint64_t)>;

    [[nodiscard]] relay::Task<> perform(Command command);
    [[nodiscard]] relay::Task<> tunnels(const Command &command);
    [[nodiscard]] relay::Task<> await(const Command &command);
    [[nodiscard]] relay::Task<> visit(const Command &command);
    [[nodiscard]] relay::Task<> slow(const Command &command);
    [[nodiscard]] relay::Task<> churn(const Command &command);
    void forget(const Command &command);
    [[nodiscard]] HostOf hostsOf(const Command &command) const;
    void start(Command command);
    void say(const Command &command, std::string_view event, nlohmann::json figures);

    boost::asio::io_context &m_context;
    const ConsoleSettings m_settings;
    std::ostream &m_out;
    Fleet m_fleet;
};

} // namespace load
