// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies run one way: trainer, core, plugin, and Elasticsearch at the plugin's end only. */
@AnalyzeClasses(packages = "org.semantichash", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String TRAINER = "org.semantichash.trainer..";
  private static final String PLUGIN = "org.semantichash.plugin..";
  private static final String NODES = "org.semantichash.it..";

  /** From text to bits. */
  private static final String[] HASHING = {
    "org.semantichash.analysis..", "org.semantichash.bagofwords..", "org.semantichash.encoder.."
  };

  /** From bits to hits. */
  private static final String[] SEARCHING = {
    "org.semantichash.index..", "org.semantichash.search.."
  };

  @ArchTest
  static final ArchRule coreKnowsNeitherTrainerNorPlugin =
      noClasses()
          .that()
          .resideOutsideOfPackages(TRAINER, PLUGIN, NODES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TRAINER, PLUGIN, NODES);

  @ArchTest
  static final ArchRule trainerAndPluginDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage(TRAINER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PLUGIN, NODES);

  @ArchTest
  static final ArchRule thePluginTrainsNothing =
      noClasses()
          .that()
          .resideInAPackage(PLUGIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TRAINER, NODES);

  @ArchTest
  static final ArchRule onlyThePluginKnowsElasticsearch =
      noClasses()
          .that()
          .resideOutsideOfPackages(PLUGIN, NODES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.elasticsearch..");

  @ArchTest
  static final ArchRule searchingKnowsNoModels =
      noClasses()
          .that()
          .resideInAnyPackage("org.semantichash.hash..", SEARCHING[0], SEARCHING[1])
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HASHING);

  @ArchTest
  static final ArchRule hashingKnowsNoIndexes =
      noClasses()
          .that()
          .resideInAnyPackage(HASHING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.semantichash.index..",
              "org.semantichash.search..",
              "org.apache.lucene.index..",
              "org.apache.lucene.search..");

  @ArchTest
  static final ArchRule codesKnowOnlyThemselves =
      noClasses()
          .that()
          .resideInAPackage("org.semantichash.hash..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.lucene..", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule packagesOfCoreHaveNoCycles =
      slices().matching("org.semantichash.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheTrainerHaveNoCycles =
      slices().matching("org.semantichash.trainer.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfThePluginHaveNoCycles =
      slices().matching("org.semantichash.plugin.(*)..").should().beFreeOfCycles();
}
