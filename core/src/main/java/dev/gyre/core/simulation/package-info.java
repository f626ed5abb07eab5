/**
 * The simulator: a cluster of services in one thread, under virtual time and every fault, replayed exactly from a seed.
 *
 * <p><b>A cluster</b> is a service, as often as there are nodes. Whatever is not said has a default: three nodes, latencies around
 * 10 ms, 30 s of faults, 10 s to settle.
 *
 * <pre>{@code
 * private final Simulation<Msg, Tick> cluster =
 *         Simulation.of(Msg.class, GossipSet::right).nodes(5).faults(FaultKind.WITHOUT_CRASHES);
 * }</pre>
 *
 * <p><b>A scenario</b> says what clients do and what must hold. In the first phase of a run faults strike; then all is mended,
 * the cluster has time to settle, the last requests are made, and the checks run.
 *
 * <pre>{@code
 * private final Scenario<Msg> nothingAcknowledgedIsLost = run -> {
 *     var client = run.client();
 *     var acknowledged = new TreeSet<Long>();
 *     run.every(Duration.ofMillis(100), () -> {
 *         long element = run.nowNanos();
 *         client.call(run.anyNode(), new Msg.Add(element), SECOND).whenDone(outcome -> {
 *             if (outcome instanceof Outcome.Ok) {
 *                 acknowledged.add(element);
 *             }
 *         });
 *     });
 *     run.whenSettled(() -> run.nodeIds().forEach(node -> {
 *         var reply = client.call(node, new Msg.Read(), SECOND);
 *         run.check(() -> assertThat(((Msg.ReadOk) reply.outcome().orThrow()).elements())
 *                 .containsAll(acknowledged));
 *     }));
 * };
 * }</pre>
 *
 * <p><b>Faults</b> are drawn from the seed: each kind takes part in about half of the runs. {@link
 * dev.gyre.core.simulation.FaultKind} lists them: links, messages, processes, clocks and disks.
 *
 * <pre>{@code
 * cluster.sweep(1, 20, nothingAcknowledgedIsLost);
 * }</pre>
 *
 * <p><b>A plan</b> says exactly what happens when.
 *
 * <pre>{@code
 * var minority = List.of(List.of("n0", "n1"), List.of("n2", "n3", "n4"));
 * var plan = FaultPlan.NONE
 *         .with(SECOND, Duration.ofSeconds(20), new Fault.Partition(minority), new Fault.HealPartition())
 *         .with(Duration.ofSeconds(5), Duration.ofSeconds(9), new Fault.Pause("n3"), new Fault.Resume("n3"))
 *         .with(Duration.ofSeconds(6), new Fault.Loss(0.2));
 * cluster.faults(plan).run(1, nothingAcknowledgedIsLost);
 * }</pre>
 *
 * <p><b>A failure</b> names its seed, the moment and the faults. The seed replays it; what chance decided can be recorded, changed
 * and replayed too, which is how a failing run is made smaller.
 *
 * <pre>{@code
 * var wrong = Simulation.of(Msg.class, GossipSet::wrong).faults(FaultKind.WITHOUT_CRASHES);
 * var failure = assertThrows(SimulationFailure.class, () -> wrong.sweep(1, 100, nothingAcknowledgedIsLost));
 * assertThrows(SimulationFailure.class, () -> wrong.run(failure.seed(), nothingAcknowledgedIsLost));
 * var choices = wrong.record(failure.seed(), nothingAcknowledgedIsLost);
 * assertThrows(SimulationFailure.class, () -> wrong.replay(choices, nothingAcknowledgedIsLost));
 * }</pre>
 *
 * <p><b>Deterministic</b>, and the proof of it: a run twice, compared event by event.
 *
 * <pre>{@code
 * var report = cluster.verify(7, nothingAcknowledgedIsLost);
 * }</pre>
 *
 * <p>For one thread at a time; several runs may go on in several threads. Depends on the loop that every host runs.
 */
package dev.gyre.core.simulation;
