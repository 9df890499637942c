// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.common.util.CachedSupplier;
import org.elasticsearch.common.util.CollectionUtils;
import org.elasticsearch.core.IOUtils;
import org.elasticsearch.index.Index;
import org.elasticsearch.index.IndexModule;
import org.elasticsearch.index.mapper.Mapper;
import org.elasticsearch.indices.IndicesService;
import org.elasticsearch.indices.SystemIndexDescriptor;
import org.elasticsearch.indices.breaker.BreakerSettings;
import org.elasticsearch.ingest.Processor;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.CircuitBreakerPlugin;
import org.elasticsearch.plugins.IngestPlugin;
import org.elasticsearch.plugins.MapperPlugin;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.plugins.SystemIndexPlugin;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.search.DocValueFormat;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.semantichash.plugin.api.ModelActions;
import org.semantichash.plugin.duplicates.DuplicatesActions;
import org.semantichash.plugin.duplicates.DuplicatesLimits;
import org.semantichash.plugin.duplicates.DuplicatesTask.DuplicatesStatus;
import org.semantichash.plugin.duplicates.agg.NearDuplicatesAggregationBuilder;
import org.semantichash.plugin.duplicates.result.DuplicatesResults;
import org.semantichash.plugin.duplicates.result.ResultIndex;
import org.semantichash.plugin.duplicates.result.RunningJobs;
import org.semantichash.plugin.field.CodeDocValueFormat;
import org.semantichash.plugin.field.CodeDocValueFormat.StampedDocValueFormat;
import org.semantichash.plugin.field.HashCodeFieldMapper;
import org.semantichash.plugin.ingest.NearDuplicateLookup;
import org.semantichash.plugin.ingest.NearDuplicateProcessor;
import org.semantichash.plugin.ingest.SemanticHashProcessor;
import org.semantichash.plugin.memory.NodeColumns;
import org.semantichash.plugin.memory.NodeColumns.ColumnsMode;
import org.semantichash.plugin.memory.NodeColumns.ColumnsSwitch;
import org.semantichash.plugin.memory.NodeColumns.FielddataMemory;
import org.semantichash.plugin.models.FolderModelSource;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelSettings;
import org.semantichash.plugin.models.ModelSettings.ModelLimits;
import org.semantichash.plugin.models.ModelThreads;
import org.semantichash.plugin.models.ModelValidator;
import org.semantichash.plugin.models.NativeLibraries;
import org.semantichash.plugin.query.HammingQueryBuilder;
import org.semantichash.plugin.query.HammingQueryBuilder.QueryServices;
import org.semantichash.plugin.server.PointInTimeReaders;
import org.semantichash.plugin.server.ServerPlugin;
import org.semantichash.plugin.store.ClusterModelSource;
import org.semantichash.plugin.store.EmptyCodes;
import org.semantichash.plugin.store.ModelIndex;
import org.semantichash.plugin.store.ModelStore;
import org.semantichash.plugin.store.StoreLimits;

/** Registers the parts of the plugin with a node. */
public final class SemanticHashPlugin extends ServerPlugin
    implements IngestPlugin, MapperPlugin, SearchPlugin, SystemIndexPlugin, CircuitBreakerPlugin {

  /** The name in the plugin's descriptor, and so of its directory. */
  public static final String NAME = "semantic-hash";

  private final Settings settings;

  /** Set before the node starts, and so before the first query or document. */
  private volatile ModelCache models;

  private volatile EmptyCodes emptyCodes;

  private volatile ColumnsSwitch columnsSwitch;

  private final NodeColumns columns = new NodeColumns();

  private final PointInTimeReaders readers = new PointInTimeReaders();

  /** Set before the components are created. */
  private volatile CircuitBreaker breaker;

  /** A plugin of a node with these settings. */
  public SemanticHashPlugin(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Collection<?> createComponents(PluginServices services) {
    ThreadPool threadPool = services.threadPool();
    ClusterSettings clusterSettings = services.clusterService().getClusterSettings();
    Supplier<ByteSizeValue> maxSize = () -> clusterSettings.get(ModelSettings.MAX_SIZE);
    models =
        new ModelCache(
            new ClusterModelSource(
                services.client(),
                new FolderModelSource(
                    services.environment().configDir(),
                    Node.NODE_NAME_SETTING.get(settings),
                    maxSize,
                    threadPool.generic()),
                threadPool),
            new NativeLibraries(services.environment().pluginsDir().resolve(NAME)),
            breaker,
            ModelLimits.of(clusterSettings),
            ModelThreads.of(threadPool));
    emptyCodes = new EmptyCodes(services.client(), models, threadPool.generic());
    IndicesService indices = services.indicesService();
    columns.open(
        new FielddataMemory(
            indices.getCircuitBreakerService().getBreaker(CircuitBreaker.FIELDDATA)),
        clusterSettings,
        indices.getIndicesFieldDataCache(),
        threadPool.generic());
    columnsSwitch = new ColumnsSwitch(columns, indices, threadPool.generic());
    scheduleDrops(threadPool, clusterSettings);
    ModelStore store =
        new ModelStore(
            services.client(),
            new ModelValidator(models.libraries(), breaker),
            new StoreLimits(clusterSettings),
            threadPool.generic());
    threadPool.scheduleWithFixedDelay(
        () -> store.sweep(services.clusterService().state()),
        ModelStore.SWEEP_INTERVAL,
        threadPool.generic());
    DuplicatesLimits limits = new DuplicatesLimits(clusterSettings);
    return List.of(
        models, store, emptyCodes, columns, readers, limits, duplicatesResults(services, limits));
  }

  private void scheduleDrops(ThreadPool threadPool, ClusterSettings clusterSettings) {
    threadPool.scheduleWithFixedDelay(
        () -> {
          models.dropOutdated();
          models.dropUnused(clusterSettings.get(ModelSettings.EXPIRY));
          models.dropAboveLimit();
        },
        ModelSettings.CHECK_INTERVAL.get(settings),
        threadPool.generic());
  }

  /** The results of the cluster, which the elected master sweeps. */
  private DuplicatesResults duplicatesResults(PluginServices services, DuplicatesLimits limits) {
    ClusterService cluster = services.clusterService();
    DuplicatesResults results =
        new DuplicatesResults(
            services.client(), new RunningJobs(services.client(), cluster), limits);
    services
        .threadPool()
        .scheduleWithFixedDelay(
            () -> results.sweepIfMaster(cluster),
            DuplicatesLimits.SWEEP_INTERVAL.get(settings),
            services.threadPool().generic());
    return results;
  }

  @Override
  public Collection<SystemIndexDescriptor> getSystemIndexDescriptors(Settings nodeSettings) {
    return List.of(ModelIndex.descriptor(), ResultIndex.descriptor());
  }

  @Override
  public String getFeatureName() {
    return "semantic_hash";
  }

  @Override
  public String getFeatureDescription() {
    return "Models that hash texts into codes, and near-duplicates that were found by codes";
  }

  @Override
  protected List<Action> actions() {
    return CollectionUtils.concatLists(ModelActions.actions(), DuplicatesActions.actions());
  }

  @Override
  protected List<RestHandler> endpoints() {
    return CollectionUtils.concatLists(ModelActions.endpoints(), DuplicatesActions.endpoints());
  }

  @Override
  public BreakerSettings getCircuitBreaker(Settings nodeSettings) {
    return BreakerSettings.updateFromSettings(ModelSettings.breaker(), nodeSettings);
  }

  @Override
  public void setCircuitBreaker(CircuitBreaker circuitBreaker) {
    breaker = circuitBreaker;
  }

  @Override
  public List<Setting<?>> getSettings() {
    List<Setting<?>> all = new ArrayList<>(ModelSettings.all());
    all.add(ColumnsMode.SETTING);
    all.addAll(NodeColumns.settings());
    all.addAll(DuplicatesLimits.settings());
    return all;
  }

  @Override
  public void onIndexModule(IndexModule module) {
    module.addSearchOperationListener(columns);
    readers.follow(module);
    Index index = module.getIndex();
    module.addSettingsUpdateConsumer(
        ColumnsMode.SETTING,
        mode -> {
          if (mode == ColumnsMode.OFF) {
            columnsSwitch.drop(index);
          }
        });
  }

  /** The codes in memory of this node. */
  NodeColumns columns() {
    return columns;
  }

  @Override
  public Map<String, Processor.Factory> getProcessors(Processor.Parameters parameters) {
    Supplier<NearDuplicateLookup> lookup =
        CachedSupplier.wrap(() -> new NearDuplicateLookup(parameters.client, this::queryServices));
    return Map.of(
        SemanticHashProcessor.TYPE,
        new SemanticHashProcessor.Factory(() -> models),
        NearDuplicateProcessor.TYPE,
        new NearDuplicateProcessor.Factory(lookup, () -> emptyCodes));
  }

  @Override
  public Map<String, Mapper.TypeParser> getMappers() {
    return Map.of(HashCodeFieldMapper.CONTENT_TYPE, HashCodeFieldMapper.parser(columns));
  }

  @Override
  public List<NamedWriteableRegistry.Entry> getNamedWriteables() {
    return List.of(
        new NamedWriteableRegistry.Entry(
            DocValueFormat.class, CodeDocValueFormat.NAME, CodeDocValueFormat::new),
        new NamedWriteableRegistry.Entry(
            DocValueFormat.class, StampedDocValueFormat.NAME, StampedDocValueFormat::new),
        new NamedWriteableRegistry.Entry(
            Task.Status.class, DuplicatesStatus.NAME, DuplicatesStatus::new));
  }

  private QueryServices queryServices() {
    return new QueryServices(() -> models, columns);
  }

  @Override
  public List<QuerySpec<?>> getQueries() {
    QueryServices services = queryServices();
    return List.of(
        new QuerySpec<>(
            HammingQueryBuilder.NAME,
            in -> new HammingQueryBuilder(in, services),
            parser -> HammingQueryBuilder.fromXContent(parser, services)));
  }

  @Override
  public List<AggregationSpec> getAggregations() {
    return List.of(
        NearDuplicatesAggregationBuilder.spec(
            (model, digest, bits, listener) -> emptyCodes.find(model, digest, bits, listener)));
  }

  @Override
  public void close() {
    IOUtils.closeWhileHandlingException(models, columns);
  }
}
