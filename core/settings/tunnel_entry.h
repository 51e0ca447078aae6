// One tunnel as the user wrote it down, and the words it is written in: the same in tunnels.toml and on the command
// line. Plain values, any thread. The parsers' errors are InvalidRequest with a sentence that quotes the text and says
// what would be right; the caller puts the place (file and line, or option) in front.
#pragma once

#include "settings/access_entry.h"
#include "wire/result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <cstdint>
#include <string>
#include <string_view>

namespace settings {

// The local service: "3000", "localhost:3000", "[::1]:3000" or "http(s)://HOST[:PORT]".
struct Target {
    bool tls = false;
    QString host = QStringLiteral("localhost");
    quint16 port = 0;

    friend bool operator==(const Target &, const Target &) = default;
};

enum class HostHeaderKind : std::uint8_t { Rewrite, Preserve, Custom };

// What the local service sees as Host: "rewrite" (its own address), "preserve" (the public one) or a value.
struct HostHeader {
    HostHeaderKind kind = HostHeaderKind::Rewrite;
    QString custom;

    friend bool operator==(const HostHeader &, const HostHeader &) = default;
};

enum class UpstreamTlsKind : std::uint8_t { Verify, Pin, Off };

// How an https target proves itself: "verify", "off" or "pin:SHA256" (hex, of the certificate's DER).
struct UpstreamTls {
    UpstreamTlsKind kind = UpstreamTlsKind::Verify;
    QByteArray pin; // 64 lower-case hex digits, with Pin

    friend bool operator==(const UpstreamTls &, const UpstreamTls &) = default;
};

// Each member has an initializer so that designated ones may leave it out without a warning.
struct TunnelEntry {
    QString name{}; // wished public name; empty: any
    Target target{};
    QUrl server{}; // empty: the embedded relay
    HostHeader hostHeader{};
    UpstreamTls upstreamTls{};
    QString tokenFile{}; // absolute; empty: the token given to the program
    bool takeover = false;
    bool autostart = true;
    AccessEntry access{}; // who may reach it; nothing: everybody

    friend bool operator==(const TunnelEntry &, const TunnelEntry &) = default;
};

[[nodiscard]] wire::Result<QString> parseName(std::string_view text);
[[nodiscard]] wire::Result<quint16> parsePort(std::string_view text); // 1 to 65535, digits only
[[nodiscard]] wire::Result<Target> parseTarget(std::string_view text);
// http(s)://HOST[:PORT] without a path, or a ws(s):// URL, which is used as it is. No user name, no fragment.
[[nodiscard]] wire::Result<QUrl> parseServer(std::string_view text);
[[nodiscard]] wire::Result<HostHeader> parseHostHeader(std::string_view text);
[[nodiscard]] wire::Result<UpstreamTls> parseUpstreamTls(std::string_view text);
// Rules between fields: pin and off need an https target.
[[nodiscard]] wire::Result<> checkEntry(const TunnelEntry &entry);

// "http://localhost:3000": for people, and as the key of what is remembered about a target.
[[nodiscard]] QString targetText(const Target &target);

} // namespace settings
