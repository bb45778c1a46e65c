"""Words that people here make passwords of: French ones of every leak, and the words of this site (ASVS 6.1.2, 6.2.4).

The 30 000 most used passwords of the world are known to the strength estimator; this adds what it does not know.
"""

CONTEXT_WORDS = frozenset(
    "cibtp cibtpfrance conges conge intemperies intemperie caisse caisses sirius btp batiment chantier macon adherent "
    "adherente entreprise entreprises espace securise comptable cabinet delegation declaration dsn salaires salarie "
    "salaries cotisation cotisations reseau france paris".split()
)

COMMON_WORDS = frozenset(
    "azerty azertyuiop qwerty qwertz qsdfgh qsdfghjklm wxcvbn azer azeaze aqwzsx "
    "motdepasse motdepass mdp passe password passwd pass secret sesame admin administrateur administrator root user "
    "utilisateur test tests demo exemple invite login connexion compte bonjour salut coucou bonsoir merci bienvenue "
    "welcome hello jetaime jtm amour amours coeur bisou bisous doudou chouchou loulou loulou cheri cherie bebe maman "
    "papa mamie papy famille enfant enfants chaton chat chien soleil lune etoile ciel fleur fleurs rose jardin maison "
    "voiture moto camion bateau avion vacances noel dimanche lundi mardi mercredi jeudi vendredi samedi janvier "
    "fevrier mars avril mai juin juillet aout septembre octobre novembre decembre printemps automne hiver "
    "marseille lyon toulouse bordeaux nantes lille strasbourg rennes nice montpellier bretagne normandie alsace corse "
    "provence football foot rugby tennis psg om olympique champion zidane mbappe ronaldo messi naruto pokemon pikachu "
    "minecraft fortnite starwars superman batman dragon tigre lion loup licorne princesse prince chocolat caramel "
    "vanille fraise cerise pomme banane orange citron camille nicolas julien thomas alexandre maxime antoine kevin "
    "quentin romain florian clement mathieu matthieu guillaume sebastien christophe stephane philippe laurent pascal "
    "patrick michel bernard pierre jean paul jacques daniel marie julie sophie isabelle nathalie sandrine celine "
    "caroline aurelie emilie laura pauline marine manon lea chloe emma sarah nadia martine monique francoise doudoune "
    "liberte egalite fraternite ordinateur internet google facebook iloveyou letmein monkey abcdef abcdefgh abc".split()
)
