// What differs between dev, staging and prod when nothing else is said. Everything here can be overridden by an
// environment variable of readSettings (settings.ts); what concerns people or domains has no default at all.

export interface Sizes {
    /** Execution environments that AWS may run at once for public requests: each waits for one reply. */
    readonly httpConcurrency: number;
    /** The same for links. Kept apart, so that waiting requests never starve the replies that they wait for. */
    readonly wsConcurrency: number;
    readonly memoryMiB: number;
    /** Of the public stage, requests a second; above it API Gateway answers 429. */
    readonly rate: number;
    readonly burst: number;
    /** Of the link stage: connects and messages. A request with a small body costs one message each way. */
    readonly linkRate: number;
    readonly linkBurst: number;
    readonly logDays: number;
    readonly budgetUsd: number;
    readonly cleanupMinutes: number;
    /** Keep tables, keys and logs when the stack is deleted, and refuse to delete a table. */
    readonly keepData: boolean;
}

export type EnvironmentName = "dev" | "staging" | "prod";

export const environments: Record<EnvironmentName, Sizes> = {
    dev: {
        httpConcurrency: 20,
        wsConcurrency: 20,
        memoryMiB: 256,
        rate: 50,
        burst: 100,
        linkRate: 200,
        linkBurst: 400,
        logDays: 7,
        budgetUsd: 10,
        cleanupMinutes: 15,
        keepData: false,
    },
    staging: {
        httpConcurrency: 50,
        wsConcurrency: 50,
        memoryMiB: 256,
        rate: 50,
        burst: 100,
        linkRate: 200,
        linkBurst: 400,
        logDays: 14,
        budgetUsd: 25,
        cleanupMinutes: 15,
        keepData: false,
    },
    prod: {
        httpConcurrency: 200,
        wsConcurrency: 200,
        memoryMiB: 256,
        rate: 500,
        burst: 1000,
        linkRate: 2000,
        linkBurst: 4000,
        logDays: 30,
        budgetUsd: 50,
        cleanupMinutes: 15,
        keepData: true,
    },
};
