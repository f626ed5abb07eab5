package dev.gyre.bench.stream.jet;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.JetService;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Workload;
import java.util.function.BiFunction;

/** A cluster of one member that talks to nobody. */
final class JetEngine {
    private static final String SPIN_MICROS = "25"; // the least; by default it sleeps 500 when there is nothing to do

    private JetEngine() {}

    /** Starts a member, and a job in it; returns when the job is over. */
    static void run(Workload workload, BiFunction<JetService, JobConfig, Job> start) {
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config(workload));
        try {
            start.apply(member.getJet(), jobConfig(workload)).join();
        } finally {
            member.shutdown();
        }
    }

    private static Config config(Workload workload) {
        var config = new Config();
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        if (workload.isPaced()) {
            config.setProperty("hazelcast.jet.idle.cooperative.min.microseconds", SPIN_MICROS);
            config.setProperty("hazelcast.jet.idle.cooperative.max.microseconds", SPIN_MICROS);
        }
        var network = config.getNetworkConfig();
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(true).setCooperativeThreadCount(Feed.PARTITIONS);
        return config;
    }

    private static JobConfig jobConfig(Workload workload) {
        var config = new JobConfig().setName(workload.id()).setMetricsEnabled(false);
        if (workload.hasSnapshots()) {
            config.setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE)
                    .setSnapshotIntervalMillis(Workload.SNAPSHOT_INTERVAL_MILLIS);
        }
        return config;
    }
}
