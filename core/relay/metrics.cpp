#include "relay/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace relay {

namespace {

constexpr std::string_view kNamePrefix = "tunnel_relay_";

// Writes one metric family after the other; a sample is "name{labels} value".
class Exposition {
public:
    void family(std::string_view name, std::string_view type, std::string_view help)
    {
        m_family = name;
        fmt::format_to(std::back_inserter(m_text), "# HELP {0}{1} {2}\n# TYPE {0}{1} {3}\n", kNamePrefix, name, help,
                       type);
    }
    template <class Number>
    void sample(std::string_view suffix, std::string_view labels, Number value)
    {
        const auto open = labels.empty() ? "" : "{";
        const auto close = labels.empty() ? "" : "}";
        fmt::format_to(std::back_inserter(m_text), "{}{}{}{}{}{} {}\n", kNamePrefix, m_family, suffix, open, labels,
                       close, value);
    }
    template <class Number>
    void single(std::string_view name, std::string_view type, std::string_view help, Number value)
    {
        family(name, type, help);
        sample("", "", value);
    }
    [[nodiscard]] std::string take() { return std::move(m_text); }

private:
    std::string m_text;
    std::string_view m_family;
};

std::string label(std::string_view name, std::string_view value)
{
    std::string result(name);
    result += "=\"";
    for (const char c : value) {
        if (c == '"' || c == '\\')
            result += '\\';
        if (c == '\n')
            result += "\\n";
        else
            result += c;
    }
    return result += '"';
}

void renderGauges(Exposition &out, const Metrics &metrics)
{
    out.single("visitor_connections", "gauge", "Open connections of visitors.", metrics.visitorConnections);
    out.single("tunnels", "gauge", "Tunnels online.", metrics.tunnels);
    out.single("links", "gauge", "Connections of tunnel clients.", metrics.links);
    out.single("streams", "gauge", "Requests and upgraded connections in flight.", metrics.streams);
}

void renderRequests(Exposition &out, const Metrics &metrics)
{
    out.family("requests_total", "counter", "Requests of visitors, by class of the status they got.");
    for (std::size_t i = 0; i < metrics.requestsByClass.size(); ++i)
        out.sample("", label("code_class", fmt::format("{}xx", i + 1)), metrics.requestsByClass[i]);
    out.family("bytes_total", "counter", "Body bytes: in from visitors, out to them.");
    out.sample("", label("direction", "in"), metrics.bytesIn);
    out.sample("", label("direction", "out"), metrics.bytesOut);
    out.family("errors_total", "counter", "Requests answered or cut off by the relay itself, by error code.");
    for (std::size_t i = 0; i < metrics.errorsByCode.size(); ++i)
        out.sample("", label("code", wire::codeName(static_cast<wire::Code>(i))), metrics.errorsByCode[i]);
}

void renderRefusals(Exposition &out, const Metrics &metrics)
{
    out.family("requests_refused_total", "counter", "Requests answered with 429, by the limit they met.");
    for (const auto &[limit, count] : metrics.requestsRefused)
        out.sample("", label("limit", limit), count);
    out.family("connections_refused_total", "counter", "Visitors' connections closed at once, by the limit they met.");
    for (const auto &[limit, count] : metrics.connectionsRefused)
        out.sample("", label("limit", limit), count);
}

void renderDuration(Exposition &out, const Histogram &histogram)
{
    out.family("request_duration_seconds", "histogram",
               "From the first byte of a request to the last of its response.");
    std::uint64_t cumulative = 0;
    for (std::size_t i = 0; i < Histogram::kBounds.size(); ++i) {
        cumulative += histogram.inBucket(i);
        out.sample("_bucket", label("le", fmt::format("{}", Histogram::kBounds[i])), cumulative);
    }
    out.sample("_bucket", label("le", "+Inf"), histogram.count());
    out.sample("_sum", "", histogram.sum());
    out.sample("_count", "", histogram.count());
}

} // namespace

void Histogram::observe(double seconds) noexcept
{
    const auto *bound = std::ranges::lower_bound(kBounds, seconds); // `le`: a bound holds its own value
    ++m_buckets[static_cast<std::size_t>(bound - kBounds.begin())];
    ++m_count;
    m_sum += seconds;
}

void Metrics::countRequest(unsigned status, std::chrono::nanoseconds duration) noexcept
{
    if (status >= 100 && status < 600)
        ++requestsByClass[status / 100 - 1];
    requestDuration.observe(std::chrono::duration<double>(duration).count());
}

void Metrics::countError(wire::Code code) noexcept
{
    ++errorsByCode[static_cast<std::size_t>(code)];
}

std::string renderMetrics(const Metrics &metrics, std::string_view version)
{
    Exposition out;
    out.family("build_info", "gauge", "Version of the relay.");
    out.sample("", label("version", version), 1);
    renderGauges(out, metrics);
    renderRequests(out, metrics);
    renderRefusals(out, metrics);
    renderDuration(out, metrics.requestDuration);
    return out.take();
}

} // namespace relay
