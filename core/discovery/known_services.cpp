#include "discovery/known_services.h"

#include <QLatin1String>

#include <algorithm>
#include <array>

namespace discovery {

namespace {

// Sorted, to be searched and to be read.
constexpr auto kPorts =
    std::to_array<quint16>({20,   21,   22,   23,   25,   53,   88,   110,  111,  135,  137,   139,   143,  389,
                            445,  464,  465,  514,  515,  548,  587,  636,  853,  873,  993,   995,   1433, 1521,
                            2049, 3306, 3389, 5355, 5432, 5672, 5900, 6379, 9042, 9092, 11211, 27017, 33060});
static_assert(std::ranges::is_sorted(kPorts));

constexpr std::array kPrograms{
    QLatin1String("dnsmasq"),      QLatin1String("dovecot"),         QLatin1String("exim4"),
    QLatin1String("mariadbd"),     QLatin1String("memcached"),       QLatin1String("mongod"),
    QLatin1String("mysqld"),       QLatin1String("named"),           QLatin1String("postgres"),
    QLatin1String("redis-server"), QLatin1String("rpcbind"),         QLatin1String("smbd"),
    QLatin1String("sshd"),         QLatin1String("systemd-resolve"), QLatin1String("valkey-server")};

} // namespace

bool isKnownNotHttp(const ListeningPort &listening)
{
    return std::ranges::binary_search(kPorts, listening.port) ||
           std::ranges::any_of(kPrograms, [&](auto program) { return listening.process == program; });
}

} // namespace discovery
