// tunnel-relay.toml.
#include "fuzz/fuzz.h"
#include "relay/config.h"

namespace {

void demandSound(const relay::Config &config)
{
    fuzz::demand(config.limits.maxLinksPerTunnel >= 1 && config.limits.maxLinksPerTunnel <= wire::kMaxLinksPerTunnel,
                 "a number is within its bounds");
    fuzz::demand(config.timeouts.head.count() > 0 && config.timeouts.head <= wire::kMaxConfigTimeout,
                 "a time is within its bounds");
    fuzz::demand(config.tls.certificateFile.empty() == config.tls.privateKeyFile.empty(), "both files or none");
    fuzz::demand(config.audit.files >= 2 && config.audit.files <= wire::kMaxAuditFiles, "files within their bounds");
    fuzz::demand(edge::normalizeHost(config.listen.domain).value_or("") == config.listen.domain, "a domain is a host");
    for (const auto &host : relay::routeRules(config).aliases)
        fuzz::demand(edge::normalizeHost(host).value_or("") == host, "an alias is a host");
    const auto urls = relay::publicUrls(config, 8080, "shop");
    fuzz::demand(urls.path.starts_with("http") && urls.path.ends_with("/shop"), "there is a URL by path");
    fuzz::demand(!urls.path.contains('\n') && !urls.subdomain.contains(' '), "URLs are one word");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto config = relay::parseConfig(fuzz::textOf(data, size), "f.toml");
    if (!config) {
        fuzz::demand(config.error().code == wire::Code::InvalidRequest, "a mistake is the user's");
        fuzz::demand(config.error().message.starts_with("f.toml"), "a mistake names its file");
        return 0;
    }
    demandSound(*config);
    for (const auto &checked : {relay::checkAuth(*config), relay::checkAdmin(*config)})
        fuzz::demand(checked || !checked.error().message.empty(), "a refusal says why");
    return 0;
}
