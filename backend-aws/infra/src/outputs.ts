// What the owner pastes after a deployment: URLs, and the commands that need them.

import { CfnOutput } from "aws-cdk-lib";
import type { Construct } from "constructs";

export interface Addresses {
    /** https://HOST of visitors, without a path. */
    readonly publicUrl: string;
    /** wss://HOST/... of tunnel clients. */
    readonly linkUrl: string;
    readonly secretParameter: string | undefined;
    readonly dashboard: string;
}

export function printAddresses(scope: Construct, addresses: Addresses): void {
    const print = (id: string, value: string, description: string): void => {
        new CfnOutput(scope, id, { value, description });
    };
    print("PublicUrl", addresses.publicUrl, "Visitors: PublicUrl/NAME/ (and https://NAME.HOST/ with a wildcard domain)");
    print("ServerUrl", addresses.linkUrl, "Settings > Servers > Add in HTTP Tunnel, or --relay of ttf");
    print(
        "TtfCommand",
        `TUNNEL_TOKEN=... ttf http 3000 --name shop --relay ${addresses.linkUrl}`,
        "The first tunnel, with a token in the environment variable",
    );
    if (addresses.secretParameter !== undefined)
        print(
            "TokenCommand",
            "./dev deploy aws --token alice --expires 30d",
            `Makes a token for alice, signed with the secret in ${addresses.secretParameter}`,
        );
    print("DashboardName", addresses.dashboard, "CloudWatch > Dashboards");
}
