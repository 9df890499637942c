// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.Optional;
import org.elasticsearch.action.ActionListener;
import org.semantichash.plugin.models.ModelId;

/** Looks names up, those of models and those of aliases. */
final class Names {

  private final Documents documents;

  Names(Documents documents) {
    this.documents = documents;
  }

  /** What a name stands for now. */
  void resolve(ModelId name, ActionListener<Resolved> listener) {
    documents.get(
        StoredModel.documentId(name),
        listener.delegateFailureAndWrap(
            (l, found) -> {
              if (found.isPresent() && ModelAlias.isIn(found.get().source())) {
                follow(found.get(), l);
              } else {
                l.onResponse(new Resolved(Optional.empty(), model(found)));
              }
            }));
  }

  private void follow(Documents.Version read, ActionListener<Resolved> listener) {
    ModelAlias alias = ModelAlias.fromDocument(read.source());
    documents.get(
        StoredModel.documentId(alias.target()),
        listener.delegateFailureAndWrap(
            (l, found) -> {
              Optional<StoredModel> model = model(found);
              if (model.isPresent()) {
                l.onResponse(new Resolved(Optional.of(alias), model));
              } else {
                unlessSwitched(alias.name(), read, l);
              }
            }));
  }

  /** A model may be deleted just after its alias was switched to another. */
  private void unlessSwitched(
      ModelId name, Documents.Version read, ActionListener<Resolved> listener) {
    documents.get(
        StoredModel.documentId(name),
        listener.delegateFailureAndWrap(
            (l, now) -> {
              if (now.isPresent() && now.get().seqNo() == read.seqNo()) {
                ModelAlias alias = ModelAlias.fromDocument(read.source());
                l.onResponse(new Resolved(Optional.of(alias), Optional.empty()));
              } else {
                resolve(name, l);
              }
            }));
  }

  private static Optional<StoredModel> model(Optional<Documents.Version> found) {
    return found
        .map(Documents.Version::source)
        .filter(document -> ModelAlias.isIn(document) == false)
        .map(StoredModel::fromDocument);
  }
}
